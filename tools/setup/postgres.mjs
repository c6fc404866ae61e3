import { existsSync, readdirSync } from 'node:fs'
import { installDebian } from './debian.mjs'

const DEBIAN = '/usr/lib/postgresql'

/** Whether there is a PostgreSQL server whose programs the tests can start. */
export function hasPostgres(folder = DEBIAN) {
  return (
    existsSync(folder) && readdirSync(folder).some((version) => existsSync(`${folder}/${version}/bin/initdb`))
  )
}

/** @returns {Promise<string | undefined>} why there is none */
export async function installPostgres() {
  const failure = await installDebian(['postgresql'])
  if (failure) return failure
  return hasPostgres() ? undefined : 'apt-get installed it, but it is not where Debian keeps it'
}

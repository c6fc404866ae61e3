import pg from 'pg'
import { afterAll, beforeAll, describe } from 'vitest'
import { type Database, openDatabase } from '../store/database.ts'
import { migrate } from '../store/migrate.ts'
import { type PostgresServer, postgresPrograms, startPostgres } from './postgres-server.ts'

/** Gives a test a database of its own, migrated and empty. */
export type FreshDatabase = () => Promise<Database>

/** The same tests on a PGlite and, where its programs are installed, on a real PostgreSQL server. */
export function describeOnEachDatabase(name: string, tests: (fresh: FreshDatabase) => void): void {
  describe(`${name}, on PGlite`, () => {
    let template: Blob
    beforeAll(async () => {
      template = await makeTemplate()
    })
    tests(() => openDatabase('memory://', template))
  })
  const programs = postgresPrograms()
  describe.skipIf(programs === undefined)(`${name}, on PostgreSQL`, () => {
    let server: PostgresServer
    let made = 0
    beforeAll(async () => {
      server = await startPostgres(programs ?? '')
    })
    afterAll(() => server.stop())
    tests(async () => {
      made += 1
      const client = new pg.Client({ connectionString: server.url('postgres') })
      await client.connect()
      await client.query(`create database test_${made}`)
      await client.end()
      return migrated(await openDatabase(server.url(`test_${made}`)))
    })
  })
}

async function migrated(database: Database): Promise<Database> {
  await migrate(database)
  return database
}

/** A PGlite that is migrated and empty, to begin others with. */
async function makeTemplate(): Promise<Blob> {
  const database = await migrated(await openDatabase('memory://'))
  const dump = await database.dump?.()
  await database.close()
  if (!dump) throw new Error('a PGlite can be dumped')
  return dump
}

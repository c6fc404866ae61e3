import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { openDatabase } from './database.ts'
import { migrate, migrationsDigest } from './migrate.ts'

const FOLDER = new URL('../../template/', import.meta.url)

/** The template of these migrations; nothing where none was written, which costs time and nothing else. */
export async function readTemplate(): Promise<Blob | undefined> {
  try {
    return new Blob([await readFile(await fileOf())])
  } catch {
    return undefined
  }
}

/** Writes a database that is migrated and empty, unless that of these migrations is there. */
export async function writeTemplate(): Promise<void> {
  if (await readTemplate()) return
  const database = await openDatabase('memory://')
  await migrate(database)
  const template = await database.dump?.()
  await database.close()
  if (!template) throw new Error('a PGlite can be dumped')
  await mkdir(FOLDER, { recursive: true })
  await writeFile(await fileOf(), Buffer.from(await template.arrayBuffer()))
}

async function fileOf(): Promise<URL> {
  return new URL(`${(await migrationsDigest()).slice(0, 16)}.tar.gz`, FOLDER)
}

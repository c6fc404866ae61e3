import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
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
  const file = await fileOf()
  // Whoever reads it meanwhile finds all of it or none.
  const draft = new URL(`${file.href}.${process.pid}`)
  await writeFile(draft, Buffer.from(await template.arrayBuffer()))
  await rename(draft, file)
}

async function fileOf(): Promise<URL> {
  return new URL(`${(await migrationsDigest()).slice(0, 16)}.tar.gz`, FOLDER)
}

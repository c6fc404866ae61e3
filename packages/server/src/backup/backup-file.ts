import { once } from 'node:events'
import { createReadStream, existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { createGunzip, createGzip } from 'node:zlib'
import { openDatabase } from '../store/database.ts'
import { type Say, sayBackup } from './backup-lines.ts'
import { BackupProblem } from './backup-problem.ts'
import { openBackup, type Restored, restoreInto } from './restore-lines.ts'

/** Writes all of the database at `where` to a new file: whole, or not at all. Returns the number of lines. */
export async function backup(where: string, file: string): Promise<number> {
  if (!where.includes('://') && !existsSync(where))
    throw new BackupProblem(`there is no database at ${where}`)
  const database = await openDatabase(where)
  const draft = `${file}.${process.pid}.part`
  try {
    let lines = 0
    await writing(draft, (say) =>
      sayBackup(database, new Date().toISOString(), (line) => {
        lines += 1
        return say(line)
      }),
    )
    await rename(draft, file)
    return lines
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  } finally {
    await database.close()
  }
}

/** Readable by its owner alone: hashes of tokens, and all that was agreed, are in it. */
async function writing(file: string, body: (say: Say) => Promise<void>): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  const gzip = createGzip()
  const written = gzip.pipe(handle.createWriteStream({ flush: true }))
  const failed = new Promise<never>((_, reject) => {
    gzip.once('error', reject)
    written.once('error', reject)
  })
  failed.catch(() => undefined)
  await body(async (line) => {
    if (!gzip.write(`${line}\n`)) await Promise.race([once(gzip, 'drain'), failed])
  })
  gzip.end()
  await Promise.race([once(written, 'close'), failed])
}

/** Brings a backup into the database at `where`, which must be new. */
export async function restore(where: string, file: string): Promise<Restored> {
  const opened = await openBackup(linesOf(file))
  const database = await openDatabase(where)
  try {
    return await restoreInto(database, opened)
  } finally {
    await database.close()
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(file)
  const plain = createGunzip()
  source.once('error', (error) => plain.destroy(error))
  source.pipe(plain)
  try {
    yield* createInterface({ input: plain, crlfDelay: Number.POSITIVE_INFINITY })
    // What ends early says so to the stream, and not to whoever reads its lines.
    if (plain.errored) throw plain.errored
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      throw new BackupProblem(`the file is no backup, or is cut off: ${error.message}`)
    throw error
  }
}

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../store/database.ts'
import { describeOnEachDatabase } from '../testing/each-database.ts'
import { type LiveServer, startLiveServer } from '../testing/live-server.ts'
import { smallFiles } from '../testing/small-files.ts'
import { digestFromZero } from '../testing/state-digest.ts'
import { backup, restore } from './backup-file.ts'
import { sayBackup } from './backup-lines.ts'
import { openBackup, type Restored, restoreInto } from './restore-lines.ts'

const GOLDEN = new URL('../../../../golden/backups/', import.meta.url)
const folder = mkdtempSync(join(tmpdir(), 'offtake-backup-'))
let lines: string[] = []

async function* each(of: readonly string[]): AsyncGenerator<string> {
  yield* of
}

async function restoreLines(database: Database, of: AsyncIterable<string>): Promise<Restored> {
  return restoreInto(database, await openBackup(of))
}

async function linesOf(database: Database): Promise<string[]> {
  const said: string[] = []
  await sayBackup(database, '2026-01-01T00:00:00.000Z', async (line) => {
    said.push(line)
  })
  return said
}

/** Without who leads, which is not brought back. */
function rowsOf(of: readonly string[]): string[] {
  return of.slice(1, -1).filter((line) => !line.includes('"epoch"') && !line.startsWith('["rows"'))
}

beforeAll(async () => {
  const live: LiveServer = await startLiveServer({ portfolio: smallFiles() })
  const database = join(live.folder, 'database')
  await expect(backup(database, join(folder, 'early.gz'))).rejects.toThrow()
  await live.serving.close()
  await backup(database, join(folder, 'all.gz'))
  rmSync(live.folder, { recursive: true })
  lines = gunzipSync(readFileSync(join(folder, 'all.gz')))
    .toString()
    .trimEnd()
    .split('\n')
})

afterAll(() => rmSync(folder, { recursive: true }))

describe('a backup', () => {
  test('is restored into a folder that is new, and into no other', async () => {
    const where = join(folder, 'other')
    const restored = await restore(where, join(folder, 'all.gz'))
    expect(restored.entries).toBeGreaterThan(2)
    await expect(restore(where, join(folder, 'all.gz'))).rejects.toThrow('the database is not empty')
    await backup(where, join(folder, 'again.gz'))
    const again = gunzipSync(readFileSync(join(folder, 'again.gz')))
      .toString()
      .trimEnd()
      .split('\n')
    expect(rowsOf(again)).toEqual(rowsOf(lines))
  })

  test('that is no whole one is refused', async () => {
    const whole = readFileSync(join(folder, 'all.gz'))
    writeFileSync(join(folder, 'cut.gz'), whole.subarray(0, whole.length / 2))
    writeFileSync(join(folder, 'words.gz'), 'no backup at all')
    for (const name of ['cut.gz', 'words.gz'])
      await expect(restore('memory://', join(folder, name))).rejects.toThrow(/no backup|cut off/)
    await expect(restore(join(folder, 'new'), join(folder, 'nothing.gz'))).rejects.toThrow('ENOENT')
    await expect(backup(join(folder, 'new'), join(folder, 'new.gz'))).rejects.toThrow('there is no database')
    expect(existsSync(join(folder, 'new'))).toBe(false)
  })
})

describeOnEachDatabase('a backup', (fresh) => {
  test('taken on one is the same on the other: rows, chain of hashes and state', async () => {
    const database = await fresh()
    const restored = await restoreLines(database, each(lines))
    expect(restored.rows).toBe(lines.filter((line) => line.startsWith('{')).length - 1)
    expect(rowsOf(await linesOf(database))).toEqual(rowsOf(lines))
    const other = await openDatabase('memory://')
    await restoreLines(other, each(await linesOf(database)))
    expect(await digestFromZero(other.db)).toBe(await digestFromZero(database.db))
    await other.close()
    await database.close()
  })

  test('that is not what was written, or not for this database, changes nothing', async () => {
    const database = await fresh()
    for (const [words, change] of WRONG) {
      const wrong = lines.flatMap((line) => change(line) ?? [])
      expect(wrong).not.toEqual(lines)
      await expect(restoreLines(database, each(wrong))).rejects.toThrow(words)
      expect(await database.db.selectFrom('journal').select('seq').execute()).toEqual([])
    }
    expect((await restoreLines(database, each(lines))).entries).toBeGreaterThan(2)
    await database.close()
  })
})

/** What of each line is changed, or that it is left out; and what is said of that. */
const WRONG: readonly [string, (line: string) => string | undefined][] = [
  ['is not what was written', (line) => line.replace('"actor":"portfolio"', '"actor":"nobody"')],
  ['is not what was written', (line) => (line.includes('"seq":2,') ? undefined : line)],
  ['cut off', (line) => (line.startsWith('["end"') ? undefined : line)],
  ['no backup', (line) => line.replace('"backup"', '"diary"')],
  [
    'another version',
    (line) => line.replace(/("number":1,"digest":")..../, (_all, before) => `${before}0000`),
  ],
]

describe('a database of an earlier version, with data in it', () => {
  test.each(readdirSync(GOLDEN))('is brought up to date: %s', async (name) => {
    const old = gunzipSync(readFileSync(new URL(name, GOLDEN)))
      .toString()
      .trimEnd()
      .split('\n')
    const database = await openDatabase('memory://')
    const { rows, entries } = await restoreLines(database, each(old))
    expect(rows).toBeGreaterThan(1)
    expect(entries).toBeGreaterThan(0)
    await database.close()
  })
})

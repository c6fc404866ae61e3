import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openDatabase } from './store/database.ts'
import { crashRun } from './testing/crash-run.ts'
import { expectKept } from './testing/expect-kept.ts'
import { postgresPrograms, startPostgres } from './testing/postgres-server.ts'

/** 10 in every run, 200 in the long one. */
const KILLS = process.env.OFFTAKE_LONG ? 200 : 10
const PATIENCE_MS = KILLS * 12_000

describe('what was acknowledged before the server was killed is there exactly once', () => {
  test('on PGlite', { timeout: PATIENCE_MS }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'offtake-crash-'))
    try {
      const database = join(folder, 'database')
      const run = await crashRun({ database, kills: KILLS, seed: 1 })
      expect(run.acknowledged.size).toBeGreaterThan(KILLS)
      expect(run.booked.size).toBeGreaterThan(0)
      const opened = await openDatabase(database)
      await expectKept(run, opened)
      await opened.close()
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  const programs = postgresPrograms()
  test.skipIf(programs === undefined)(
    'on PostgreSQL, whose own processes are killed too',
    { timeout: PATIENCE_MS },
    async () => {
      const server = await startPostgres(programs ?? '')
      const crashDatabase = async (): Promise<void> => {
        await server.kill()
        await server.start()
      }
      try {
        const database = server.url('postgres')
        const run = await crashRun({ database, kills: KILLS, seed: 2, crashDatabase })
        expect(run.acknowledged.size).toBeGreaterThan(KILLS)
        expect(run.booked.size).toBeGreaterThan(0)
        expect(run.booked.size).toBeGreaterThan(0)
        const opened = await openDatabase(database)
        await expectKept(run, opened)
        await opened.close()
      } finally {
        await server.stop()
      }
    },
  )
})

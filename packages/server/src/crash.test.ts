import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AllocationEvent } from '@offtake/core/allocation/events'
import { Invariants } from '@offtake/core/allocation/invariants'
import { BACKFILL } from '@offtake/core/allocation/policies/backfill'
import { describe, expect, test } from 'vitest'
import { recover } from './engine/recover.ts'
import { type Database, openDatabase } from './store/database.ts'
import { entriesAfter } from './store/journal.ts'
import { type CrashRun, crashRun } from './testing/crash-run.ts'
import { postgresPrograms, startPostgres } from './testing/postgres-server.ts'
import { digestFromZero, digestOfState } from './testing/state-digest.ts'

const KILLS = 5
const PATIENCE_MS = 120_000

describe('what was acknowledged before the server was killed is there exactly once', () => {
  test('on PGlite', { timeout: PATIENCE_MS }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'offtake-crash-'))
    try {
      const where = join(folder, 'database')
      await expectKept(await crashRun(where, KILLS, 1), await openDatabase(where))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  const programs = postgresPrograms()
  test.skipIf(programs === undefined)('on PostgreSQL', { timeout: PATIENCE_MS }, async () => {
    const server = await startPostgres(programs ?? '')
    try {
      const where = server.url('postgres')
      await expectKept(await crashRun(where, KILLS, 2), await openDatabase(where))
    } finally {
      await server.stop()
    }
  })
})

async function expectKept({ acknowledged, cancelled }: CrashRun, database: Database): Promise<void> {
  const { db } = database
  expect(acknowledged.size).toBeGreaterThan(KILLS)
  const submitted: string[] = []
  const invariants = new Invariants()
  const keys: string[] = []
  for await (const page of entriesAfter(db, 0))
    for (const row of page) {
      if (row.idempotency_key?.startsWith('client') && !row.idempotency_key.endsWith('cancel'))
        keys.push(row.idempotency_key)
      for (const event of JSON.parse(row.events) as AllocationEvent[]) {
        invariants.observe(event)
        if (event.kind === 'submitted') submitted.push(event.gang.id)
      }
    }
  expect(new Set(submitted).size).toBe(submitted.length)
  expect(new Set(keys).size).toBe(keys.length)
  expect(submitted).toHaveLength(keys.length)
  for (const [key, id] of acknowledged) {
    expect(keys).toContain(key)
    expect(submitted).toContain(id)
  }
  const ended = await db.selectFrom('job').select(['id', 'state']).where('state', '=', 'cancelled').execute()
  const rows = new Set(ended.map(({ id }) => id))
  for (const id of cancelled) expect(rows.has(id)).toBe(true)
  const { allocator } = await recover(db, BACKFILL)
  expect(invariants.check(allocator.state)).toEqual([])
  expect(await digestFromZero(db)).toBe(digestOfState(allocator.state))
  await database.close()
}

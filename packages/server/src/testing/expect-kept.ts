import type { AllocationEvent } from '@offtake/core/allocation/events'
import { Invariants } from '@offtake/core/allocation/invariants'
import { BACKFILL } from '@offtake/core/allocation/policies/backfill'
import { expect } from 'vitest'
import { recover } from '../engine/recover.ts'
import { verifyChain } from '../store/chain.ts'
import type { Database } from '../store/database.ts'
import { entriesAfter } from '../store/journal.ts'
import type { CrashRun } from './crash-run.ts'
import { digestFromZero, digestOfState } from './state-digest.ts'

type Kept = Pick<CrashRun, 'acknowledged' | 'cancelled'>

/** Every acknowledged command is there exactly once, none is there twice, and the state is what the journal says. */
export async function expectKept({ acknowledged, cancelled }: Kept, { db }: Database): Promise<void> {
  const invariants = new Invariants()
  const submitted: string[] = []
  const keys: string[] = []
  for await (const page of entriesAfter(db, 0))
    for (const { idempotency_key: key, events } of page) {
      if (key?.startsWith('client') && !key.endsWith('cancel')) keys.push(key)
      for (const event of JSON.parse(events) as AllocationEvent[]) {
        invariants.observe(event)
        if (event.kind === 'submitted') submitted.push(event.gang.id)
      }
    }
  expect(new Set(submitted).size).toBe(submitted.length)
  expect(new Set(keys).size).toBe(keys.length)
  expect(submitted).toHaveLength(keys.length)
  expect(keys).toEqual(expect.arrayContaining([...acknowledged.keys()]))
  expect(submitted).toEqual(expect.arrayContaining([...acknowledged.values()]))
  const rows = await db.selectFrom('job').select('id').where('state', '=', 'cancelled').execute()
  expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining([...cancelled]))
  const { allocator } = await recover(db, BACKFILL)
  expect(invariants.check(allocator.state)).toEqual([])
  expect(await digestFromZero(db)).toBe(digestOfState(allocator.state))
  expect((await verifyChain(db)).kind).toBe('whole')
}

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

type Kept = Pick<CrashRun, 'acknowledged' | 'cancelled'> & Partial<Pick<CrashRun, 'booked' | 'givenBack'>>

/** Every acknowledged command is there exactly once, none is there twice, and the state is what the journal says. */
export async function expectKept(kept: Kept, { db }: Database): Promise<void> {
  const { acknowledged, cancelled, booked = new Map(), givenBack = new Set() } = kept
  const invariants = new Invariants()
  const submitted: string[] = []
  const keys: string[] = []
  const windows = { booked: [] as string[], givenBack: [] as string[], keys: [] as string[] }
  for await (const page of entriesAfter(db, 0))
    for (const { idempotency_key: key, events } of page) {
      if (key?.endsWith('-window') || key?.endsWith('-give-back')) windows.keys.push(key)
      else if (key?.startsWith('client') && !key.endsWith('cancel')) keys.push(key)
      for (const event of JSON.parse(events) as AllocationEvent[]) {
        invariants.observe(event)
        if (event.kind === 'submitted') submitted.push(event.gang.id)
        if (event.kind === 'windowBooked') windows.booked.push(event.booking.id)
        if (event.kind === 'windowCancelled') windows.givenBack.push(event.windowId)
      }
    }
  expect(new Set(submitted).size).toBe(submitted.length)
  expect(new Set(keys).size).toBe(keys.length)
  expect(submitted).toHaveLength(keys.length)
  expect(keys).toEqual(expect.arrayContaining([...acknowledged.keys()]))
  expect(submitted).toEqual(expect.arrayContaining([...acknowledged.values()]))
  expect(new Set(windows.keys).size).toBe(windows.keys.length)
  expect(windows.booked.length + windows.givenBack.length).toBe(windows.keys.length)
  expectOnce(windows.booked, booked.values())
  expectOnce(windows.givenBack, givenBack)
  const rows = await db.selectFrom('job').select('id').where('state', '=', 'cancelled').execute()
  expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining([...cancelled]))
  const { allocator } = await recover(db, BACKFILL)
  expect(invariants.check(allocator.state)).toEqual([])
  const stand = [...allocator.state.windows].map(({ booking }) => booking.id)
  const gone = new Set(windows.givenBack)
  expect(stand.sort()).toEqual(windows.booked.filter((id) => !gone.has(id)).sort())
  expect(await digestFromZero(db)).toBe(digestOfState(allocator.state))
  expect((await verifyChain(db)).kind).toBe('whole')
}

/** All that was told is there, and nothing is there twice. */
function expectOnce(there: readonly string[], told: Iterable<string>): void {
  expect(new Set(there).size).toBe(there.length)
  expect(there).toEqual(expect.arrayContaining([...told]))
}

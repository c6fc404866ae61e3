import { AllocationState } from '@offtake/core/allocation/allocation-state'
import type { AllocationEvent } from '@offtake/core/allocation/events'
import { takeSnapshot } from '@offtake/core/allocation/snapshot'
import type { Kysely } from 'kysely'
import { digestOf } from '../digest.ts'
import { entriesAfter } from '../store/journal.ts'
import type { Tables } from '../store/tables.ts'

/** Of the state that all entries from the first on lead to. */
export async function digestFromZero(db: Kysely<Tables>): Promise<string> {
  const state = new AllocationState()
  for await (const page of entriesAfter(db, 0))
    for (const row of page)
      for (const event of JSON.parse(row.events) as AllocationEvent[]) state.evolve(event)
  return digestOfState(state)
}

export function digestOfState(state: AllocationState): string {
  return digestOf(JSON.stringify(takeSnapshot(state)))
}

import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Allocator } from '@offtake/core/allocation/allocator'
import type { AllocationEvent } from '@offtake/core/allocation/events'
import { Invariants } from '@offtake/core/allocation/invariants'
import { POLICIES, type PolicyName } from '@offtake/core/allocation/policies/policy-names'
import { restoreSnapshot, takeSnapshot } from '@offtake/core/allocation/snapshot'
import type { Snapshot } from '@offtake/core/allocation/snapshot/snapshot-data'
import { assert } from '@offtake/core/base/assert'
import { describe, expect, test } from 'vitest'

/** One file a release: a history with everything in it that the release knew, and the state at its end, as it wrote them. */
const RELEASES = resolve(import.meta.dirname, '../../../golden/releases')

interface Release {
  readonly policy: PolicyName
  readonly events: readonly AllocationEvent[]
  readonly snapshot: Snapshot
}

describe.each(readdirSync(RELEASES))('what the release of %s wrote', (file) => {
  const { policy, events, snapshot }: Release = JSON.parse(readFileSync(resolve(RELEASES, file), 'utf8'))

  test('is a state that still loads, with all that it said', () => {
    expect(takeSnapshot(restored(snapshot))).toMatchObject(snapshot)
  })

  test('is a history that still leads to that state, and to what an independent recount makes of it', () => {
    const invariants = new Invariants()
    for (const event of events) invariants.observe(event)
    const { state } = Allocator.replay(events, POLICIES[policy])
    expect(takeSnapshot(state)).toEqual(takeSnapshot(restored(snapshot)))
    expect(invariants.check(state)).toEqual([])
  })

  test('goes on until all that runs has ended, and nothing is left that was kept or asked back', () => {
    const allocator = new Allocator(POLICIES[policy], restored(snapshot))
    const { state } = allocator
    const asked = snapshot.gangs.length
    let ended = 0
    for (let running = someRunning(state); running; running = someRunning(state)) {
      const [event] = allocator.apply({ kind: 'finish', gangId: running }, state.now)
      expect(event).toMatchObject({ kind: 'finished', gangId: running })
      ended += 1
    }
    expect(ended).toBeGreaterThan(snapshot.gangs.filter(({ stay }) => stay).length)
    expect(ended + state.gangs.size).toBe(asked)
    expect(state.handOvers.size).toBe(0)
  })
})

test('the release at hand has its file', () => {
  const { version } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../package.json'), 'utf8'))
  expect(readdirSync(RELEASES)).toContain(`${version}.json`)
})

function restored(snapshot: Snapshot): Allocator['state'] {
  const result = restoreSnapshot(snapshot)
  assert(result.ok, 'a snapshot of an older release can be restored')
  return result.value
}

function someRunning({ gangs }: Allocator['state']): string | undefined {
  for (const { gang, running } of gangs.values()) if (running) return gang.id
  return undefined
}

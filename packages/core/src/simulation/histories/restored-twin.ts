import { Allocator } from '../../allocation/allocator.ts'
import type { Command } from '../../allocation/commands.ts'
import type { AllocationEvent } from '../../allocation/events.ts'
import { restoreSnapshot, takeSnapshot } from '../../allocation/snapshot.ts'
import { assert } from '../../base/assert.ts'
import type { Instant } from '../../base/instant.ts'
import type { Breach } from './breach.ts'

/** How many commands a twin takes before it is restored anew. */
const TURN = 5

/**
 * Decides beside an allocator, restored time and again from its snapshot, so that it remembers nothing but what a snapshot
 * holds: whatever the allocator remembers beyond that must not change what it decides.
 */
export class RestoredTwin {
  readonly #original: Allocator
  #twin: Allocator
  #commands = 0

  constructor(original: Allocator) {
    this.#original = original
    this.#twin = restored(original)
  }

  /** To be told every command, with what it led to. */
  compare(command: Command, at: Instant, events: readonly AllocationEvent[]): Breach[] {
    const expected = JSON.stringify(events)
    const found = JSON.stringify(this.#twin.apply(command, at))
    this.#commands += 1
    const isDifferent = expected !== found
    if (isDifferent || this.#commands % TURN === 0) this.#twin = restored(this.#original)
    return isDifferent ? [{ rule: 'snapshotGoesOn', subject: command.kind, expected, found }] : []
  }
}

/** By way of text, as a file would have it. */
function restored({ policy, state }: Allocator): Allocator {
  const snapshot = takeSnapshot(state)
  const result = restoreSnapshot(JSON.parse(JSON.stringify(snapshot)))
  assert(result.ok, 'a snapshot that was taken can be restored')
  return new Allocator(policy, result.value)
}

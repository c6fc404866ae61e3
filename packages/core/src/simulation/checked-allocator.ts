import { Allocator } from '../allocation/allocator.ts'
import type { Command } from '../allocation/commands.ts'
import type { AllocationEvent } from '../allocation/events.ts'
import type { Broken } from '../allocation/invariants/broken.ts'
import { Invariants } from '../allocation/invariants.ts'
import type { QueuePolicy } from '../allocation/policies/queue-policy.ts'
import type { Instant } from '../base/instant.ts'

/** A command as it was given, so that a history can be given again. */
export interface GivenCommand {
  readonly at: Instant
  readonly command: Command
}

/** An allocator that keeps what it was told and what followed, and checks itself after every command. */
export class CheckedAllocator extends Allocator {
  readonly given: GivenCommand[] = []
  readonly events: AllocationEvent[] = []
  /** What the first command that broke something broke. */
  broken: readonly Broken[] = []
  readonly #invariants = new Invariants()

  override apply(command: Command, at: Instant): readonly AllocationEvent[] {
    this.given.push({ at, command })
    const events = super.apply(command, at)
    for (const event of events) this.#take(event)
    const broken = this.#invariants.check(this.state)
    if (this.broken.length === 0) this.broken = broken
    return events
  }

  #take(event: AllocationEvent): void {
    this.events.push(event)
    this.#invariants.observe(event)
  }
}

/** What the commands break first, and by which of them, counted from 0. */
export function firstBroken(
  given: readonly GivenCommand[],
  policy: QueuePolicy,
): { readonly command: number; readonly broken: readonly Broken[] } | undefined {
  const allocator = new CheckedAllocator(policy)
  for (const [command, { at, command: next }] of given.entries()) {
    allocator.apply(next, at)
    if (allocator.broken.length > 0) return { command, broken: allocator.broken }
  }
  return undefined
}

import { Allocator } from '../../allocation/allocator.ts'
import type { Command } from '../../allocation/commands.ts'
import type { AllocationEvent } from '../../allocation/events.ts'
import { Invariants } from '../../allocation/invariants.ts'
import type { QueuePolicy } from '../../allocation/policies/queue-policy.ts'
import type { Instant } from '../../base/instant.ts'
import type { Breach } from './breach.ts'
import { PromiseWatch } from './promise-watch.ts'
import { RestoredTwin } from './restored-twin.ts'

/** An allocator that is checked after every command. */
export class CheckedAllocator extends Allocator {
  /** All that happened, in order. */
  readonly events: AllocationEvent[] = []
  /** What the first command that broke something broke. */
  breaches: readonly Breach[] = []
  readonly #invariants = new Invariants()
  readonly #twin: RestoredTwin
  readonly #promises: PromiseWatch | undefined

  /** `keepsPromises`: nothing will happen that could delay what was promised. */
  constructor(policy: QueuePolicy, { keepsPromises }: { readonly keepsPromises: boolean }) {
    super(policy)
    this.#twin = new RestoredTwin(this)
    this.#promises = keepsPromises ? new PromiseWatch() : undefined
  }

  override apply(command: Command, at: Instant): readonly AllocationEvent[] {
    const events = super.apply(command, at)
    for (const event of events) this.#invariants.observe(event)
    this.events.push(...events)
    if (this.breaches.length === 0) this.breaches = this.#breachesOf(command, at, events)
    return events
  }

  /** What the state itself breaks explains the rest. */
  #breachesOf(command: Command, at: Instant, events: readonly AllocationEvent[]): readonly Breach[] {
    const broken = this.#invariants.check(this.state)
    if (broken.length > 0) return broken
    return [
      ...this.#twin.compare(command, at, events),
      ...(this.#promises?.compare(events, this.state) ?? []),
    ]
  }
}

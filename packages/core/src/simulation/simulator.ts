import { Allocator } from '../allocation/allocator.ts'
import type { Command } from '../allocation/commands.ts'
import type { AllocationEvent } from '../allocation/events.ts'
import { type GangState, runsUntil } from '../allocation/gang-state.ts'
import type { Terms } from '../allocation/money/terms.ts'
import type { QueuePolicy } from '../allocation/policies/queue-policy.ts'
import type { SnapshotProblem } from '../allocation/snapshot/read-snapshot.ts'
import type { Snapshot } from '../allocation/snapshot/snapshot-data.ts'
import { restoreSnapshot, takeSnapshot } from '../allocation/snapshot.ts'
import type { Instant } from '../base/instant.ts'
import { ok, type Result } from '../base/result.ts'
import type { Job } from '../demand/job.ts'
import type { OrderRules, Tenant } from '../demand/tenant.ts'
import { EventQueue } from './event-queue.ts'

/** What a simulated history is made of. Everything in it is known beforehand, except what the allocator decides. */
export interface SimulationInput {
  readonly policy: QueuePolicy
  readonly tenants: readonly Tenant[]
  readonly reclaimNoticeMs: number
  /** How turns are taken beside what tenants own. */
  readonly order?: OrderRules
  /** What time costs; nothing where no decision may depend on it. */
  readonly terms?: Terms | undefined
  /** Deliveries and ends of agreements: commands at their moments, in any order. */
  readonly commands: Iterable<TimedCommand>
  /** Failures, services' wishes: commands in order of time; drawn lazily, as jobs are. */
  readonly streamed?: Iterable<TimedCommand>
  /** In order of submission; drawn lazily, so that a long history needs little memory. */
  readonly jobs: Iterable<Job>
  /** Where the history stops; without it, when the last job has ended. */
  readonly until?: Instant
}

export interface TimedCommand {
  readonly at: Instant
  readonly command: PlannedCommand
}

/** `stop` ends a gang as it is found: one that runs is finished, one that waits is cancelled. */
export type PlannedCommand = Command | { readonly kind: 'stop'; readonly gangId: string }

type Due =
  | { readonly kind: 'command'; readonly command: PlannedCommand }
  | { readonly kind: 'end'; readonly gangId: string; readonly stay: number }

/** A history that was stopped on the way, as plain JSON data: with the same input it goes on as if it never had been. */
export interface SimulatorSnapshot {
  readonly allocation: Snapshot
  /** Jobs that have arrived. */
  readonly arrived: number
  /** Streamed commands that have been given. */
  readonly streamed: number
  /** How long those of them run that have not ended, in ms at speed 1. */
  readonly workMs: readonly (readonly [string, number])[]
  /** What is to come, in order. */
  readonly due: readonly (readonly [Instant, Due])[]
}

/**
 * Plays a history through the allocator under virtual time: jobs arrive, run for as long as they really do, and end;
 * an evicted job goes on from its last save. Each event is handed to `observe` in order.
 * Among things of the same moment, what was decided before comes first, then what is streamed, arrivals last.
 */
export class Simulator {
  readonly allocator: Allocator
  readonly #observe: (event: AllocationEvent) => void
  readonly #due = new EventQueue<Due>()
  readonly #jobs: Stream<Job>
  readonly #streamed: Stream<TimedCommand>
  readonly #until: number
  readonly #workMs = new Map<string, number>()

  constructor(
    input: SimulationInput,
    observe: (event: AllocationEvent) => void,
    allocator = new Allocator(input.policy),
  ) {
    this.allocator = allocator
    this.#observe = observe
    this.#jobs = new Stream(input.jobs, ({ submitted }) => submitted)
    this.#streamed = new Stream(input.streamed ?? [], ({ at }) => at)
    this.#until = input.until ?? Number.POSITIVE_INFINITY
    for (const { at, command } of input.commands) this.#due.put(at, { kind: 'command', command })
    const start = Math.min(this.#due.nextAt(), this.#streamed.nextAt, this.#jobs.nextAt)
    if (input.tenants.length > 0 && Number.isFinite(start)) {
      this.#apply(
        {
          kind: 'setTenants',
          tenants: input.tenants,
          noticeMs: input.reclaimNoticeMs,
          ...(input.order === undefined ? {} : { order: input.order }),
        },
        start as Instant,
      )
    }
    if (input.terms && Number.isFinite(start))
      this.#apply({ kind: 'setTerms', terms: input.terms }, start as Instant)
  }

  /** Goes on with the same input where the snapshot was taken. */
  static resume(
    input: SimulationInput,
    { allocation, arrived, streamed, workMs, due }: SimulatorSnapshot,
    observe: (event: AllocationEvent) => void,
  ): Result<Simulator, SnapshotProblem> {
    const state = restoreSnapshot(allocation)
    if (!state.ok) return state
    const rest = { ...input, tenants: [], terms: undefined, commands: [] }
    const simulator = new Simulator(rest, observe, new Allocator(input.policy, state.value))
    for (const [at, item] of due) simulator.#due.put(at, item)
    for (const [gangId, ms] of workMs) simulator.#workMs.set(gangId, ms)
    simulator.#jobs.skipTo(arrived)
    simulator.#streamed.skipTo(streamed)
    return ok(simulator)
  }

  snapshot(): SimulatorSnapshot {
    const due: [Instant, Due][] = []
    while (this.#due.size > 0) due.push([this.#due.nextAt() as Instant, this.#due.take()])
    for (const [at, item] of due) this.#due.put(at, item)
    const allocation = takeSnapshot(this.allocator.state)
    const [arrived, streamed] = [this.#jobs.taken, this.#streamed.taken]
    return { allocation, arrived, streamed, workMs: [...this.#workMs], due }
  }

  /** Plays on until `until`, or to the end. Returns whether anything is left to play. */
  run(until = Number.POSITIVE_INFINITY): boolean {
    const limit = Math.min(until, this.#until)
    for (;;) {
      const wake = this.allocator.nextWake() ?? Number.POSITIVE_INFINITY
      const due = this.#due.nextAt()
      const streamed = this.#streamed.nextAt
      const at = Math.min(due, streamed, wake, this.#jobs.nextAt)
      if (at >= limit || at === Number.POSITIVE_INFINITY) return at < this.#until
      if (due === at) this.#take(at as Instant)
      else if (streamed === at) this.#apply(this.#asFound(this.#streamed.take().command), at as Instant)
      else if (wake === at) this.#apply({ kind: 'wake' }, at as Instant)
      else this.#arrive(this.#jobs.take())
    }
  }

  #take(at: Instant): void {
    const due = this.#due.take()
    if (due.kind === 'command') {
      this.#apply(this.#asFound(due.command), at)
      return
    }
    const gang = this.allocator.state.gangs.get(due.gangId)
    if (gang?.running && stayOf(gang) === due.stay) this.#apply({ kind: 'finish', gangId: due.gangId }, at)
  }

  #asFound(command: PlannedCommand): Command {
    if (command.kind !== 'stop') return command
    const { gangId } = command
    return { kind: this.allocator.state.gangs.get(gangId)?.running ? 'finish' : 'cancel', gangId }
  }

  /** A second job of an id that is known is refused, and must not change how long the first one runs. */
  #arrive({ gang, submitted, workMs }: Job): void {
    const events = this.allocator.apply({ kind: 'submit', gang }, submitted)
    if (events[0]?.kind !== 'refused') this.#workMs.set(gang.id, workMs)
    this.#follow(events, submitted)
  }

  #apply(command: Command, at: Instant): void {
    this.#follow(this.allocator.apply(command, at), at)
  }

  #follow(events: readonly AllocationEvent[], at: Instant): void {
    for (const event of events) {
      if (
        event.kind === 'placed' ||
        event.kind === 'resized' ||
        event.kind === 'moved' ||
        event.kind === 'paceChanged'
      )
        this.#schedule(event.gangId, at)
      else if (event.kind === 'finished' || event.kind === 'cancelled') this.#workMs.delete(event.gangId)
      this.#observe(event)
    }
  }

  /** A gang that was evicted, resized or moved since has an end of an older stay, which `#take` passes over. */
  #schedule(gangId: string, at: Instant): void {
    const workMs = this.#workMs.get(gangId)
    const gang = this.allocator.state.gangs.get(gangId)
    if (workMs === undefined || !gang?.running) return
    const end = runsUntil(gang, at, gang.speed, workMs)
    this.#due.put(end as Instant, { kind: 'end', gangId, stay: stayOf(gang) })
  }
}

/** Grows whenever the gang's end is another one than before. */
function stayOf({ evictions, resizes }: GangState): number {
  return evictions + resizes
}

/** Items in order of time, one read ahead. */
class Stream<Item> {
  readonly #items: Iterator<Item>
  readonly #timeOf: (item: Item) => number
  #next: Item | undefined
  /** When the next item is due; infinite where there is none. */
  nextAt = Number.POSITIVE_INFINITY
  taken = 0

  constructor(items: Iterable<Item>, timeOf: (item: Item) => number) {
    this.#items = items[Symbol.iterator]()
    this.#timeOf = timeOf
    this.#draw()
  }

  /** Takes out the next item; there must be one. */
  take(): Item {
    const item = this.#next as Item
    this.taken += 1
    this.#draw()
    return item
  }

  /** Passes over the items before the one of this number. */
  skipTo(number: number): void {
    while (this.taken < number && this.nextAt < Number.POSITIVE_INFINITY) this.take()
  }

  #draw(): void {
    const { value, done } = this.#items.next()
    this.#next = done ? undefined : value
    this.nextAt = done ? Number.POSITIVE_INFINITY : this.#timeOf(value)
  }
}

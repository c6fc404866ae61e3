import { Allocator } from '../allocation/allocator.ts'
import type { Command } from '../allocation/commands.ts'
import type { AllocationEvent } from '../allocation/events.ts'
import { runsUntil } from '../allocation/gang-state.ts'
import type { QueuePolicy } from '../allocation/policies/queue-policy.ts'
import type { SnapshotProblem } from '../allocation/snapshot/read-snapshot.ts'
import type { Snapshot } from '../allocation/snapshot/snapshot-data.ts'
import { restoreSnapshot, takeSnapshot } from '../allocation/snapshot.ts'
import type { Instant } from '../base/instant.ts'
import { ok, type Result } from '../base/result.ts'
import type { Job } from '../demand/job.ts'
import type { Tenant } from '../demand/tenant.ts'
import { EventQueue } from './event-queue.ts'

/** What a simulated history is made of. Everything in it is known beforehand, except what the allocator decides. */
export interface SimulationInput {
  readonly policy: QueuePolicy
  readonly tenants: readonly Tenant[]
  readonly reclaimNoticeMs: number
  /** Deliveries, ends of agreements, failures, services' wishes: commands at their moments, in any order. */
  readonly commands: Iterable<TimedCommand>
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
  /** How long those of them run that have not ended, in ms at speed 1. */
  readonly workMs: readonly (readonly [string, number])[]
  /** What is to come, in order. */
  readonly due: readonly (readonly [Instant, Due])[]
}

/**
 * Plays a history through the allocator under virtual time: jobs arrive, run for as long as they really do, and end;
 * an evicted job goes on from its last save. Each event is handed to `observe` in order.
 * Among things of the same moment, what was decided before comes first, arrivals last.
 */
export class Simulator {
  readonly allocator: Allocator
  readonly #observe: (event: AllocationEvent) => void
  readonly #due = new EventQueue<Due>()
  readonly #jobs: Iterator<Job>
  readonly #until: number
  readonly #workMs = new Map<string, number>()
  #next: Job | undefined
  #arrived = 0

  constructor(
    input: SimulationInput,
    observe: (event: AllocationEvent) => void,
    allocator = new Allocator(input.policy),
  ) {
    this.allocator = allocator
    this.#observe = observe
    this.#jobs = input.jobs[Symbol.iterator]()
    this.#until = input.until ?? Number.POSITIVE_INFINITY
    for (const { at, command } of input.commands) this.#due.put(at, { kind: 'command', command })
    this.#next = this.#draw()
    const start = Math.min(this.#due.nextAt(), this.#next?.submitted ?? Number.POSITIVE_INFINITY)
    if (input.tenants.length > 0 && Number.isFinite(start)) {
      this.#apply(
        { kind: 'setTenants', tenants: input.tenants, noticeMs: input.reclaimNoticeMs },
        start as Instant,
      )
    }
  }

  /** Goes on with the same input where the snapshot was taken. */
  static resume(
    input: SimulationInput,
    { allocation, arrived, workMs, due }: SimulatorSnapshot,
    observe: (event: AllocationEvent) => void,
  ): Result<Simulator, SnapshotProblem> {
    const state = restoreSnapshot(allocation)
    if (!state.ok) return state
    const rest = { ...input, tenants: [], commands: [] }
    const simulator = new Simulator(rest, observe, new Allocator(input.policy, state.value))
    for (const [at, item] of due) simulator.#due.put(at, item)
    for (const [gangId, ms] of workMs) simulator.#workMs.set(gangId, ms)
    while (simulator.#arrived < arrived) simulator.#drawNext()
    return ok(simulator)
  }

  snapshot(): SimulatorSnapshot {
    const due: [Instant, Due][] = []
    while (this.#due.size > 0) due.push([this.#due.nextAt() as Instant, this.#due.take()])
    for (const [at, item] of due) this.#due.put(at, item)
    const allocation = takeSnapshot(this.allocator.state)
    return { allocation, arrived: this.#arrived, workMs: [...this.#workMs], due }
  }

  /** Plays on until `until`, or to the end. Returns whether anything is left to play. */
  run(until = Number.POSITIVE_INFINITY): boolean {
    const limit = Math.min(until, this.#until)
    for (;;) {
      const arrival = this.#next?.submitted ?? Number.POSITIVE_INFINITY
      const wake = this.allocator.nextWake() ?? Number.POSITIVE_INFINITY
      const at = Math.min(arrival, wake, this.#due.nextAt())
      if (at >= limit || at === Number.POSITIVE_INFINITY) return at < this.#until
      if (this.#due.nextAt() === at) this.#take(at as Instant)
      else if (wake === at) this.#apply({ kind: 'wake' }, at as Instant)
      else this.#arrive(this.#next as Job)
    }
  }

  #take(at: Instant): void {
    const due = this.#due.take()
    if (due.kind === 'command') {
      this.#apply(this.#asFound(due.command), at)
      return
    }
    const gang = this.allocator.state.gangs.get(due.gangId)
    if (gang?.running && gang.evictions === due.stay) this.#apply({ kind: 'finish', gangId: due.gangId }, at)
  }

  #asFound(command: PlannedCommand): Command {
    if (command.kind !== 'stop') return command
    const { gangId } = command
    return { kind: this.allocator.state.gangs.get(gangId)?.running ? 'finish' : 'cancel', gangId }
  }

  /** A second job of an id that is known is refused, and must not change how long the first one runs. */
  #arrive({ gang, submitted, workMs }: Job): void {
    const { gangs, ended } = this.allocator.state
    if (!gangs.has(gang.id) && !ended.has(gang.id)) this.#workMs.set(gang.id, workMs)
    this.#apply({ kind: 'submit', gang }, submitted)
    if (!gangs.has(gang.id)) this.#workMs.delete(gang.id)
    this.#drawNext()
  }

  #apply(command: Command, at: Instant): void {
    for (const event of this.allocator.apply(command, at)) {
      if (event.kind === 'placed') this.#schedule(event.gangId, at)
      else if (event.kind === 'finished' || event.kind === 'cancelled') this.#workMs.delete(event.gangId)
      this.#observe(event)
    }
  }

  /** A gang placed and evicted within the same moment has an end of an older stay, which `#take` passes over. */
  #schedule(gangId: string, at: Instant): void {
    const workMs = this.#workMs.get(gangId)
    const gang = this.allocator.state.gangs.get(gangId)
    if (workMs === undefined || !gang?.running) return
    const end = runsUntil(gang, at, gang.speed, workMs)
    this.#due.put(end as Instant, { kind: 'end', gangId, stay: gang.evictions })
  }

  #drawNext(): void {
    this.#arrived += 1
    this.#next = this.#draw()
  }

  #draw(): Job | undefined {
    const { value, done } = this.#jobs.next()
    return done ? undefined : value
  }
}

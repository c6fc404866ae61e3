import type { Instant } from '../base/instant.ts'
import { AllocationState } from './allocation-state.ts'
import type { Command } from './commands.ts'
import type { AllocationEvent, EvictionCause } from './events.ts'
import { type GangState, worthOfStopping } from './gang-state.ts'
import { type PassContext, placeAtOnce, placeLast, placeWaiting } from './place-waiting.ts'
import { BACKFILL } from './policies/backfill.ts'
import type { QueuePolicy } from './policies/queue-policy.ts'
import { refusalOf } from './refuse.ts'

/**
 * Decides who gets what, when.
 *
 * `apply` takes a command and the moment at which it happens, decides, and returns the events that follow; each event has
 * changed the state by `evolve`, and by nothing else, so the same events rebuild the same state without deciding again.
 * A gang is waiting, then running (placed), then gone (finished, cancelled); an eviction makes it wait again.
 */
export class Allocator {
  readonly policy: QueuePolicy
  readonly state: AllocationState
  #events: AllocationEvent[] = []
  #pass = 0
  readonly #emit = (event: AllocationEvent): void => {
    this.state.evolve(event)
    this.#events.push(event)
  }

  constructor(policy: QueuePolicy = BACKFILL, state: AllocationState = new AllocationState()) {
    this.policy = policy
    this.state = state
  }

  /** The state that these events lead to, ready to decide on. */
  static replay(events: Iterable<AllocationEvent>, policy: QueuePolicy = BACKFILL): Allocator {
    const state = new AllocationState()
    for (const event of events) state.evolve(event)
    return new Allocator(policy, state)
  }

  /** Decides on one command at one moment and returns what happened, in order; a refusal leaves the state as it was. */
  apply(command: Command, at: Instant): readonly AllocationEvent[] {
    this.#events = []
    const because = refusalOf(this.state, command, at)
    if (because) return [{ kind: 'refused', at, command: command.kind, subject: subjectOf(command), because }]
    this.#handOver(at)
    this.#carryOut(command, at)
    this.#place(command, at)
    return this.#events
  }

  /** When the allocator must be told that time has passed (`wake`), if nothing else happens before. */
  nextWake(): Instant | undefined {
    let next: Instant | undefined
    for (const { reclaim } of this.state.reclaimed)
      if (reclaim && (next === undefined || reclaim.by < next)) next = reclaim.by
    return next
  }

  #carryOut(command: Command, at: Instant): void {
    switch (command.kind) {
      case 'openPool':
        return this.#emit({ kind: 'poolOpened', at, pool: command.pool })
      case 'setTenants':
        return this.#emit({ kind: 'tenantsSet', at, tenants: command.tenants, noticeMs: command.noticeMs })
      case 'addNodes':
        return this.#emit({
          kind: 'nodesAdded',
          at,
          poolId: command.poolId,
          nodes: command.nodes,
          cpuCores: command.cpuCores ?? 0,
        })
      case 'removeNodes':
        this.#emit({
          kind: 'nodesRemoved',
          at,
          poolId: command.poolId,
          firstNode: command.firstNode,
          nodes: command.nodes,
        })
        return this.#evictFrom(command.poolId, command.firstNode, command.nodes, 'nodesRemoved', at)
      case 'submit':
        return this.#emit({ kind: 'submitted', at, gang: command.gang })
      case 'cancel':
        return this.#end(command.gangId, 'cancelled', at)
      case 'finish':
        return this.#end(command.gangId, 'finished', at)
      case 'failNode':
        this.#emit({ kind: 'nodeFailed', at, poolId: command.poolId, node: command.node })
        return this.#evictFrom(command.poolId, command.node, 1, 'nodeFailed', at)
      case 'returnNode':
        return this.#emit({ kind: 'nodeReturned', at, poolId: command.poolId, node: command.node })
      case 'wake':
        return
    }
  }

  #end(gangId: string, kind: 'cancelled' | 'finished', at: Instant): void {
    this.#dropReclaimsFor(gangId, at)
    this.#emit({ kind, at, gangId })
  }

  #evictFrom(poolId: string, firstNode: number, nodes: number, because: EvictionCause, at: Instant): void {
    const until = firstNode + nodes
    const victims = this.state
      .pool(poolId)
      .running.filter((gang) =>
        gang.parts.some(
          (part) =>
            part.poolId === poolId &&
            part.runs.some((run) => run.first < until && firstNode < run.first + run.nodes),
        ),
      )
    for (const gang of victims) this.#evict(gang, because, at)
  }

  #evict(gang: GangState, because: EvictionCause, at: Instant): void {
    this.#emit({ kind: 'evicted', at, gangId: gang.gang.id, because, ...worthOfStopping(gang, at) })
  }

  /** Ends the notices that have run out, and starts the owners that waited for it; tells how many. */
  #handOver(at: Instant): number {
    const due = [...this.state.reclaimed].filter(({ reclaim }) => reclaim && reclaim.by <= at)
    const owners = new Set(due.flatMap(({ reclaim }) => (reclaim ? [reclaim.forGangId] : [])))
    for (const gang of due) this.#evict(gang, 'reclaimed', at)
    let served = 0
    for (const id of owners) {
      const owner = this.state.gangs.get(id)
      if (owner && !owner.running && placeAtOnce(this.#context(at), owner)) served += 1
    }
    return served
  }

  #place(command: Command, at: Instant): void {
    if (command.kind === 'submit' && this.#onlyTheLastIsNew(command.gang.id)) {
      placeLast(this.#context(at), this.state.gangs.get(command.gang.id) as GangState)
      return
    }
    placeWaiting(this.#context(at))
    this.#dropNeedlessReclaims(at)
    // Without notice, what was asked back is handed over at once.
    for (let next = this.nextWake(); next !== undefined && next <= at; next = this.nextWake()) {
      const served = this.#handOver(at)
      placeWaiting(this.#context(at))
      this.#dropNeedlessReclaims(at)
      if (served === 0) return
    }
  }

  /** Then all others were tried when they last could have started, and nothing has become free since. */
  #onlyTheLastIsNew(gangId: string): boolean {
    const gang = this.state.gangs.get(gangId)
    if (!gang || this.state.accounts.hasQuotas || this.#events.length > 1) return false
    return this.state.queue.isLast(gang) && this.state.pools.every((pool) => !pool.disturbed)
  }

  /** An owner that found room elsewhere, or left, needs nothing back. */
  #dropNeedlessReclaims(at: Instant): void {
    for (const gang of [...this.state.reclaimed]) {
      const owner = gang.reclaim && this.state.gangs.get(gang.reclaim.forGangId)
      if (!owner || owner.running) this.#emit({ kind: 'reclaimDropped', at, gangId: gang.gang.id })
    }
  }

  #dropReclaimsFor(ownerId: string, at: Instant): void {
    for (const gang of [...this.state.reclaimed]) {
      if (gang.reclaim?.forGangId === ownerId)
        this.#emit({ kind: 'reclaimDropped', at, gangId: gang.gang.id })
    }
  }

  #context(at: Instant): PassContext {
    this.#pass += 1
    return { state: this.state, policy: this.policy, at, pass: this.#pass, emit: this.#emit }
  }
}

function subjectOf(command: Command): string {
  switch (command.kind) {
    case 'submit':
      return command.gang.id
    case 'cancel':
    case 'finish':
      return command.gangId
    case 'openPool':
      return command.pool.id
    case 'addNodes':
    case 'removeNodes':
      return command.poolId
    case 'failNode':
    case 'returnNode':
      return `${command.poolId}#${command.node}`
    case 'setTenants':
    case 'wake':
      return ''
  }
}

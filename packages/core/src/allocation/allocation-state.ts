import { assert, unreachable } from '../base/assert.ts'
import type { Instant } from '../base/instant.ts'
import { Accounts } from './accounts.ts'
import type { AllocationEvent, Part } from './events.ts'
import { endBy, type GangState, newGangState } from './gang-state.ts'
import { insertRunning, newPoolState, type PoolState, removeRunning } from './pool-state.ts'
import { WaitingQueue } from './queue.ts'
import { Shapes, speedOn } from './shape.ts'

/** Everything the allocator knows. It changes by events alone: `evolve` never decides. */
export class AllocationState {
  now = Number.NEGATIVE_INFINITY as Instant
  noticeMs = 0
  nextSeq = 0
  readonly pools: PoolState[] = []
  readonly poolById = new Map<string, PoolState>()
  readonly gangs = new Map<string, GangState>()
  readonly ended = new Set<string>()
  readonly queue = new WaitingQueue()
  readonly accounts = new Accounts()
  readonly shapes = new Shapes()
  /** Gangs that must hand over what they hold, in the order in which they were asked. */
  readonly reclaimed = new Set<GangState>()
  /** Owners that wait for what they asked back, and where. */
  readonly awaiting = new Map<string, Awaited>()
  tenants: Extract<AllocationEvent, { kind: 'tenantsSet' }>['tenants'] = []

  evolve(event: AllocationEvent): void {
    this.now = event.at
    switch (event.kind) {
      case 'submitted':
        return this.#submitted(event.gang, event.at)
      case 'placed':
        return this.#placed(this.#gang(event.gangId), event)
      case 'finished':
        return this.#ended(this.#gang(event.gangId), event.at)
      case 'cancelled':
        return this.#ended(this.#gang(event.gangId), event.at)
      case 'evicted':
        return this.#evicted(this.#gang(event.gangId), event)
      case 'reclaimAsked':
        return this.#reclaimAsked(this.#gang(event.gangId), event)
      case 'reclaimDropped':
        return this.#dropReclaim(this.#gang(event.gangId))
      case 'poolOpened':
        return this.#poolOpened(event.pool)
      case 'tenantsSet':
        return this.#tenantsSet(event)
      case 'nodesAdded':
        return this.#nodesAdded(this.pool(event.poolId), event)
      case 'nodesRemoved':
        this.pool(event.poolId).free.retire(event.firstNode, event.nodes)
        return this.#disturb(this.pool(event.poolId))
      case 'nodeFailed':
        this.pool(event.poolId).free.setOnline(event.node, false)
        return this.#disturb(this.pool(event.poolId))
      case 'nodeReturned':
        this.pool(event.poolId).free.setOnline(event.node, true)
        return this.#disturb(this.pool(event.poolId))
      case 'refused':
        return
      default:
        unreachable(event)
    }
  }

  pool(id: string): PoolState {
    const pool = this.poolById.get(id)
    assert(pool, 'events name known pools')
    return pool
  }

  #gang(id: string): GangState {
    const gang = this.gangs.get(id)
    assert(gang, 'events name known gangs')
    return gang
  }

  #submitted(gang: Extract<AllocationEvent, { kind: 'submitted' }>['gang'], at: Instant): void {
    const shape = this.shapes.of(
      gang.roles,
      this.pools.map(({ pool }) => pool),
    )
    const state = newGangState(gang, shape, this.nextSeq++, at)
    this.gangs.set(gang.id, state)
    this.queue.add(state)
  }

  #placed(gang: GangState, event: Extract<AllocationEvent, { kind: 'placed' }>): void {
    this.queue.remove(gang)
    gang.running = true
    gang.placedAt = event.at
    gang.parts = event.parts
    gang.borrowed = event.borrowed
    gang.speed = this.speedOf(gang, event.parts)
    gang.expectedEnd = endBy(gang, event.at, gang.speed)
    for (const part of event.parts) this.#hold(gang, part, 1)
    for (const pool of this.#poolsOf(gang)) insertRunning(pool, gang)
  }

  /** A gang runs as fast as its slowest role. */
  speedOf(gang: GangState, parts: readonly Part[]): number {
    let speed = Number.POSITIVE_INFINITY
    parts.forEach((part, r) => {
      const role = gang.shape.roles[r]
      if (role) speed = Math.min(speed, speedOn(role, this.pool(part.poolId).pool))
    })
    return speed
  }

  #ended(gang: GangState, at: Instant): void {
    if (gang.running) this.#release(gang, at)
    else this.queue.remove(gang)
    this.gangs.delete(gang.gang.id)
    this.ended.add(gang.gang.id)
  }

  #evicted(gang: GangState, event: Extract<AllocationEvent, { kind: 'evicted' }>): void {
    this.#release(gang, event.at)
    gang.keptMs = event.keptMs
    gang.evictions += 1
    this.queue.add(gang)
  }

  #release(gang: GangState, at: Instant): void {
    for (const pool of this.#poolsOf(gang)) {
      removeRunning(pool, gang)
      if (at !== gang.expectedEnd) pool.disturbed = true
    }
    for (const part of gang.parts) this.#hold(gang, part, -1)
    this.#dropReclaim(gang)
    gang.running = false
    gang.parts = []
    gang.borrowed = 0
  }

  #hold(gang: GangState, part: Part, sign: 1 | -1): void {
    const pool = this.pool(part.poolId)
    if (sign === 1) pool.free.take(part.runs)
    else pool.free.give(part.runs)
    pool.cpuFree -= sign * part.cpuCores
    this.accounts.charge(gang.gang.tenant, part.poolId, sign * acceleratorsIn(part))
  }

  #reclaimAsked(gang: GangState, event: Extract<AllocationEvent, { kind: 'reclaimAsked' }>): void {
    gang.reclaim = { by: event.by, forGangId: event.forGangId }
    this.reclaimed.add(gang)
    const [part] = gang.parts
    if (!part || this.awaiting.has(event.forGangId)) return
    const owner = {
      pool: this.pool(part.poolId),
      accelerators: this.#gang(event.forGangId).shape.accelerators,
    }
    this.awaiting.set(event.forGangId, owner)
    owner.pool.kept += owner.accelerators
  }

  #dropReclaim(gang: GangState): void {
    const ownerId = gang.reclaim?.forGangId
    if (ownerId === undefined) return
    gang.reclaim = undefined
    this.reclaimed.delete(gang)
    for (const other of this.reclaimed) if (other.reclaim?.forGangId === ownerId) return
    const owner = this.awaiting.get(ownerId)
    if (owner) owner.pool.kept -= owner.accelerators
    this.awaiting.delete(ownerId)
  }

  #poolOpened(pool: PoolState['pool']): void {
    const state = newPoolState(pool, this.pools.length)
    this.pools.push(state)
    this.poolById.set(pool.id, state)
    this.shapes.refresh(this.pools.map((each) => each.pool))
  }

  #tenantsSet(event: Extract<AllocationEvent, { kind: 'tenantsSet' }>): void {
    this.tenants = event.tenants
    this.noticeMs = event.noticeMs
    this.accounts.set(event.tenants)
    for (const gang of this.gangs.values()) {
      for (const part of gang.parts) this.accounts.charge(gang.gang.tenant, part.poolId, acceleratorsIn(part))
    }
  }

  #nodesAdded(pool: PoolState, event: Extract<AllocationEvent, { kind: 'nodesAdded' }>): void {
    pool.free.add(event.nodes)
    pool.groups.push(...event.nodes)
    pool.cpuCores += event.cpuCores
    pool.cpuFree += event.cpuCores
    this.#disturb(pool)
  }

  #disturb(pool: PoolState): void {
    pool.disturbed = true
  }

  /** The pools that the gang holds part of, each once. */
  #poolsOf(gang: GangState): PoolState[] {
    const [first] = gang.parts
    if (gang.parts.length === 1 && first) return [this.pool(first.poolId)]
    return [...new Set(gang.parts.map(({ poolId }) => this.pool(poolId)))]
  }
}

interface Awaited {
  readonly pool: PoolState
  readonly accelerators: number
}

export function acceleratorsIn(part: Part): number {
  let accelerators = 0
  for (const run of part.runs) accelerators += run.nodes * run.each
  return accelerators
}

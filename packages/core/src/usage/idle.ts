import type { AllocationEvent, NodeRun, Part } from '../allocation/events.ts'
import { assert } from '../base/assert.ts'
import { getOrAdd } from '../base/get-or-add.ts'
import type { Instant } from '../base/instant.ts'
import { RememberingMap } from '../base/remembering-map.ts'
import type { Span } from '../base/span.ts'
import { type StepFunction, ZERO } from '../base/step-function.ts'
import { smallestRoles } from '../demand/elastic-roles.ts'
import type { Gang, Role } from '../demand/gang.ts'
import { type IdleRow, PoolIdle } from './pool-idle.ts'
import { WaitingSizes } from './waiting-sizes.ts'

/** A gang that has been submitted and is not gone: it waits, or it has parts. */
interface Known {
  /** What the gang would take of each hardware that it accepts, at its smallest size. */
  readonly needs: ReadonlyMap<string, number>
  parts: readonly Part[] | undefined
  /** The room that is being cleared for it. */
  room: readonly Part[] | undefined
}

/**
 * Turns allocation events, one after the other, into idle accelerator time by calendar month, pool and cause.
 * A gang counts as waiting in every pool of hardware that it accepts, with the members that accept it.
 */
export class IdleMeter {
  readonly #promised: ReadonlyMap<string, StepFunction>
  readonly #window: Span
  readonly #pools = new Map<string, PoolIdle>()
  readonly #poolsOf = new Map<string, PoolIdle[]>()
  readonly #waiting = new Map<string, WaitingSizes>()
  readonly #gangs = new RememberingMap<Known>()
  /** Who began to wait, or no longer does, at the moment that is being observed: most start as they come, and change nothing. */
  readonly #turning = new Map<Known, 1 | -1>()
  #turningAt = 0 as Instant
  readonly #needs = new WeakMap<readonly Role[], ReadonlyMap<string, number>>()

  /** `promised` says how many accelerators each pool should have had; only time within the window counts. */
  constructor(promised: ReadonlyMap<string, StepFunction>, window: Span) {
    this.#promised = promised
    this.#window = window
    for (const poolId of promised.keys()) this.#pool(poolId)
  }

  observe(event: AllocationEvent): void {
    if (event.at !== this.#turningAt) this.#settle(event.at)
    switch (event.kind) {
      case 'poolOpened':
        this.#openPool(event.pool.id, event.pool.hardware, event.at)
        break
      case 'nodesAdded':
        this.#at(event.poolId, event.at).nodes.add(event.nodes, event.areOut)
        break
      case 'nodesRemoved':
        this.#at(event.poolId, event.at).nodes.remove(event.firstNode, event.nodes)
        break
      case 'nodeFailed':
        this.#at(event.poolId, event.at).nodes.fail(event.node)
        break
      case 'nodeReturned':
        if (!event.staysOut) this.#at(event.poolId, event.at).nodes.restore(event.node)
        break
      case 'nodeReadmitted':
        if (!event.staysOut) this.#at(event.poolId, event.at).nodes.restore(event.node)
        break
      case 'outageBegan':
        for (const range of event.nodes) this.#at(range.poolId, event.at).nodes.failAll(range)
        break
      case 'outageEnded':
        for (const range of event.nodes) this.#at(range.poolId, event.at).nodes.restoreAll(range)
        break
      case 'submitted':
        this.#submit(event.gang)
        break
      case 'placed':
        this.#place(this.#known(event.gangId), event.parts, event.at)
        break
      case 'resized':
      case 'moved':
        this.#change(this.#known(event.gangId), event.parts, event.at)
        break
      case 'evicted':
        this.#evict(this.#known(event.gangId), event.at)
        break
      case 'finished':
      case 'cancelled':
        this.#end(event.gangId, event.at)
        break
      case 'handOverPlanned':
        this.#planHandOver(this.#known(event.gangId), event.parts, event.at)
        break
      case 'handOverDropped':
        this.#dropHandOver(this.#known(event.gangId), event.at)
        break
      default:
    }
  }

  /** Counts up to the window's end; rows in order of pool and month. */
  finish(): IdleRow[] {
    this.#settle(this.#window.until)
    const pools = [...this.#pools.values()].sort((a, b) => (a.poolId < b.poolId ? -1 : 1))
    for (const pool of pools) pool.advance(this.#window.until)
    return pools.flatMap((pool) => pool.rows())
  }

  #openPool(poolId: string, hardware: string, at: Instant): void {
    const pool = this.#at(poolId, at)
    pool.waiting = this.#waitingFor(hardware)
    getOrAdd(this.#poolsOf, hardware, () => []).push(pool)
  }

  #submit(gang: Gang): void {
    const known: Known = { needs: this.#needsOf(gang), parts: undefined, room: undefined }
    this.#gangs.set(gang.id, known)
    this.#wait(known, 1)
  }

  #place(gang: Known, parts: readonly Part[], at: Instant): void {
    this.#dropHandOver(gang, at)
    this.#wait(gang, -1)
    gang.parts = parts
    for (const part of parts) this.#at(part.poolId, at).nodes.use(part.runs, 1)
  }

  #change(gang: Known, parts: readonly Part[], at: Instant): void {
    this.#giveBack(gang, at)
    gang.parts = parts
    for (const part of parts) this.#at(part.poolId, at).nodes.use(part.runs, 1)
  }

  #evict(gang: Known, at: Instant): void {
    this.#giveBack(gang, at)
    this.#wait(gang, 1)
  }

  #end(gangId: string, at: Instant): void {
    const gang = this.#known(gangId)
    if (gang.parts) this.#giveBack(gang, at)
    else {
      this.#dropHandOver(gang, at)
      this.#wait(gang, -1)
    }
    this.#gangs.delete(gangId)
  }

  #giveBack(gang: Known, at: Instant): void {
    for (const part of gang.parts ?? []) this.#at(part.poolId, at).nodes.use(part.runs, -1)
    gang.parts = undefined
  }

  /** A gang whose room is being cleared waits for nothing else: what is free of the room is kept for it. */
  #planHandOver(gang: Known, room: readonly Part[], at: Instant): void {
    this.#dropHandOver(gang, at)
    this.#wait(gang, -1)
    gang.room = room
    for (const part of room) this.#at(part.poolId, at).nodes.want(part.runs, 1)
  }

  #dropHandOver(gang: Known, at: Instant): void {
    if (!gang.room) return
    for (const part of gang.room) this.#at(part.poolId, at).nodes.want(part.runs, -1)
    gang.room = undefined
    this.#wait(gang, 1)
  }

  #wait(gang: Known, by: 1 | -1): void {
    if (this.#turning.get(gang) === -by) this.#turning.delete(gang)
    else this.#turning.set(gang, by)
  }

  /** Changes how many gangs wait in every pool that could serve them, for those that did not turn back at once. */
  #settle(next: Instant): void {
    for (const [gang, by] of this.#turning) {
      for (const [hardware, need] of gang.needs) {
        for (const pool of this.#poolsOf.get(hardware) ?? []) pool.advance(this.#turningAt)
        if (by > 0) this.#waitingFor(hardware).add(need)
        else this.#waitingFor(hardware).remove(need)
      }
    }
    if (this.#turning.size > 0) this.#turning.clear()
    this.#turningAt = next
  }

  /** Gangs of one size share their roles, and so their needs. */
  #needsOf({ roles }: Gang): ReadonlyMap<string, number> {
    const known = this.#needs.get(roles)
    if (known) return known
    const needs = needsByHardware(roles)
    this.#needs.set(roles, needs)
    return needs
  }

  #waitingFor(hardware: string): WaitingSizes {
    return getOrAdd(this.#waiting, hardware, () => new WaitingSizes())
  }

  /** The pool, with its time counted up to the moment, so that a level may change. */
  #at(poolId: string, at: Instant): PoolIdle {
    const pool = this.#pool(poolId)
    pool.advance(at)
    return pool
  }

  #pool(poolId: string): PoolIdle {
    return getOrAdd(this.#pools, poolId, () => {
      const seats = () => this.#seatsIn(poolId)
      return new PoolIdle(poolId, this.#promised.get(poolId) ?? ZERO, this.#window, seats)
    })
  }

  *#seatsIn(poolId: string): Generator<readonly NodeRun[]> {
    for (const { parts = [] } of this.#gangs.values())
      for (const part of parts) if (part.poolId === poolId) yield part.runs
  }

  #known(gangId: string): Known {
    const gang = this.#gangs.get(gangId)
    assert(gang, 'events speak of gangs that were submitted and are not gone')
    return gang
  }
}

function needsByHardware(roles: readonly Role[]): Map<string, number> {
  const needs = new Map<string, number>()
  for (const { members, acceleratorsPerMember, acceleratorMilliPerMember = 0, accepts } of smallestRoles(
    roles,
  )) {
    // Shares need at least as many as they would fill.
    const size = members * acceleratorsPerMember + Math.ceil((members * acceleratorMilliPerMember) / 1000)
    if (size === 0) continue
    for (const hardware of new Set(accepts.map((accepted) => accepted.hardware)))
      needs.set(hardware, (needs.get(hardware) ?? 0) + size)
  }
  return needs
}

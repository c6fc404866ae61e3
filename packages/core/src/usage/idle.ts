import type { AllocationEvent, Part } from '../allocation/events.ts'
import { assert } from '../base/assert.ts'
import { getOrAdd } from '../base/get-or-add.ts'
import type { Instant } from '../base/instant.ts'
import type { Span } from '../base/span.ts'
import { type StepFunction, ZERO } from '../base/step-function.ts'
import type { Gang } from '../demand/gang.ts'
import { acceleratorsOfPart } from './meter.ts'
import { type Hold, type IdleRow, PoolIdle } from './pool-idle.ts'
import { WaitingSizes } from './waiting-sizes.ts'

/** A gang that has been submitted and is not gone: it waits, or it has parts. */
interface Known {
  /** What the gang would take of each hardware that it accepts. */
  readonly needs: ReadonlyMap<string, number>
  parts: readonly Part[] | undefined
  /** What it has been asked to give back, pool by pool. */
  asked: readonly Asked[]
  /** The pools in which others have been asked to give back for this one. */
  readonly reclaims: Set<PoolIdle>
}

interface Asked {
  readonly pool: PoolIdle
  readonly forGangId: string
  readonly hold: Hold
  readonly size: number
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
  readonly #gangs = new Map<string, Known>()

  /** `promised` says how many accelerators each pool should have had; only time within the window counts. */
  constructor(promised: ReadonlyMap<string, StepFunction>, window: Span) {
    this.#promised = promised
    this.#window = window
    for (const poolId of promised.keys()) this.#pool(poolId)
  }

  observe(event: AllocationEvent): void {
    switch (event.kind) {
      case 'poolOpened':
        this.#openPool(event.pool.id, event.pool.hardware, event.at)
        break
      case 'nodesAdded':
        this.#at(event.poolId, event.at).nodes.add(event.nodes)
        break
      case 'nodesRemoved':
        this.#at(event.poolId, event.at).nodes.remove(event.firstNode, event.nodes)
        break
      case 'nodeFailed':
        this.#at(event.poolId, event.at).nodes.fail(event.node)
        break
      case 'nodeReturned':
        this.#at(event.poolId, event.at).nodes.restore(event.node)
        break
      case 'submitted':
        this.#submit(event.gang, event.at)
        break
      case 'placed':
        this.#place(event.gangId, event.parts, event.at)
        break
      case 'evicted':
        this.#evict(event.gangId, event.at)
        break
      case 'finished':
      case 'cancelled':
        this.#end(event.gangId, event.at)
        break
      case 'reclaimAsked':
        this.#askBack(this.#known(event.gangId), event.forGangId, event.at)
        break
      case 'reclaimDropped':
        this.#dropReclaim(this.#known(event.gangId), event.at)
        break
      default:
    }
  }

  /** Counts up to the window's end; rows in order of pool and month. */
  finish(): IdleRow[] {
    const pools = [...this.#pools.values()].sort((a, b) => (a.poolId < b.poolId ? -1 : 1))
    for (const pool of pools) pool.advance(this.#window.until)
    return pools.flatMap((pool) => pool.rows())
  }

  #openPool(poolId: string, hardware: string, at: Instant): void {
    const pool = this.#at(poolId, at)
    pool.hardware = hardware
    pool.waiting = this.#waitingFor(hardware)
    getOrAdd(this.#poolsOf, hardware, () => []).push(pool)
  }

  #submit(gang: Gang, at: Instant): void {
    const known: Known = {
      needs: needsByHardware(gang),
      parts: undefined,
      asked: [],
      reclaims: new Set(),
    }
    this.#gangs.set(gang.id, known)
    this.#wait(known, 1, at)
  }

  #place(gangId: string, parts: readonly Part[], at: Instant): void {
    const gang = this.#known(gangId)
    this.#wait(gang, -1, at)
    gang.parts = parts
    for (const part of parts) this.#at(part.poolId, at).used += acceleratorsOfPart(part)
    this.#letGo(gangId, gang, at)
  }

  #evict(gangId: string, at: Instant): void {
    const gang = this.#known(gangId)
    this.#giveBack(gang, at)
    this.#wait(gang, 1, at)
  }

  #end(gangId: string, at: Instant): void {
    const gang = this.#known(gangId)
    if (gang.parts) this.#giveBack(gang, at)
    else this.#wait(gang, -1, at)
    this.#letGo(gangId, gang, at)
    this.#gangs.delete(gangId)
  }

  #giveBack(gang: Known, at: Instant): void {
    this.#dropReclaim(gang, at)
    for (const part of gang.parts ?? []) this.#at(part.poolId, at).used -= acceleratorsOfPart(part)
    gang.parts = undefined
  }

  /** What the asking gang needs and has not asked back is kept free for it, pool by pool. */
  #askBack(gang: Known, forGangId: string, at: Instant): void {
    this.#dropReclaim(gang, at)
    const asking = this.#known(forGangId)
    gang.asked = (gang.parts ?? []).map((part) => {
      const pool = this.#at(part.poolId, at)
      asking.reclaims.add(pool)
      const needed = asking.needs.get(pool.hardware) ?? 0
      const hold = getOrAdd(pool.holds, forGangId, () => ({ needed, asked: 0 }))
      const size = acceleratorsOfPart(part)
      hold.asked += size
      return { pool, forGangId, hold, size }
    })
  }

  /** A gang that has been placed, or is gone, has nothing kept free for it. */
  #letGo(gangId: string, gang: Known, at: Instant): void {
    for (const pool of gang.reclaims) this.#at(pool.poolId, at).holds.delete(gangId)
    gang.reclaims.clear()
  }

  #dropReclaim(gang: Known, at: Instant): void {
    for (const { pool, forGangId, hold, size } of gang.asked) {
      pool.advance(at)
      hold.asked -= size
      if (hold.asked === 0 && pool.holds.get(forGangId) === hold) pool.holds.delete(forGangId)
    }
    gang.asked = []
  }

  /** Changes how many gangs like this one wait, in every pool that could serve it. */
  #wait(gang: Known, by: 1 | -1, at: Instant): void {
    for (const [hardware, need] of gang.needs) {
      for (const pool of this.#poolsOf.get(hardware) ?? []) pool.advance(at)
      if (by > 0) this.#waitingFor(hardware).add(need)
      else this.#waitingFor(hardware).remove(need)
    }
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
    return getOrAdd(
      this.#pools,
      poolId,
      () => new PoolIdle(poolId, this.#promised.get(poolId) ?? ZERO, this.#window),
    )
  }

  #known(gangId: string): Known {
    const gang = this.#gangs.get(gangId)
    assert(gang, 'events speak of gangs that were submitted and are not gone')
    return gang
  }
}

function needsByHardware(gang: Gang): Map<string, number> {
  const needs = new Map<string, number>()
  for (const { members, acceleratorsPerMember, accepts } of gang.roles) {
    const size = members * acceleratorsPerMember
    if (size === 0) continue
    for (const hardware of new Set(accepts.map((accepted) => accepted.hardware)))
      needs.set(hardware, (needs.get(hardware) ?? 0) + size)
  }
  return needs
}

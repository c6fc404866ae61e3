import type { Instant } from '../../base/instant.ts'
import type { AllocationEvent } from '../events.ts'
import { KEPT_OUT } from '../node-condition.ts'
import type { PoolState } from '../pool-state.ts'

type OffenderEvent = Extract<
  AllocationEvent,
  { kind: 'nodeFailed' | 'nodeKeptOut' | 'nodeReadmitted' | 'nodesRemoved' }
>

/** A node that failed of late, in a pool that keeps repeated offenders out. */
export interface Offender {
  readonly poolId: string
  readonly node: number
  failures: readonly Instant[]
  keptOutUntil: Instant | undefined
}

/** The nodes that failed of late, and until when those are kept out that failed too often. It changes by events alone. */
export class OffenderBook {
  readonly #byNode = new Map<string, Offender>()
  #keptOut = 0

  get size(): number {
    return this.#byNode.size
  }

  get keptOut(): number {
    return this.#keptOut
  }

  /** In the order in which they first failed. */
  [Symbol.iterator](): Iterator<Offender> {
    return this.#byNode.values()
  }

  evolve(event: OffenderEvent, pool: PoolState): void {
    switch (event.kind) {
      case 'nodeFailed':
        return this.#note(pool, event.node, event.at)
      case 'nodeKeptOut':
        pool.free.setOut(event.node, KEPT_OUT, true)
        return this.#setKept(this.#of(pool, event.node), event.until)
      case 'nodeReadmitted':
        pool.free.setOut(event.node, KEPT_OUT, false)
        return this.#setKept(this.#of(pool, event.node), undefined)
      case 'nodesRemoved':
        for (let node = event.firstNode; node < event.firstNode + event.nodes; node++)
          this.#forget(pool, node)
    }
  }

  clear(): void {
    this.#byNode.clear()
    this.#keptOut = 0
  }

  /** Puts in what a snapshot has. */
  restore(pool: PoolState, node: number, failures: readonly Instant[]): void {
    this.#of(pool, node).failures = failures
  }

  /** How often the node failed within the span that its pool looks back upon. */
  failuresOf({ pool }: PoolState, node: number, at: Instant): number {
    const since = at - (pool.upkeep?.offenders?.withinMs ?? 0)
    return this.#byNode.get(`${pool.id}#${node}`)?.failures.filter((failed) => failed > since).length ?? 0
  }

  #note(pool: PoolState, node: number, at: Instant): void {
    const rule = pool.pool.upkeep?.offenders
    if (!rule) return
    const offender = this.#of(pool, node)
    offender.failures = [...offender.failures.filter((failed) => failed > at - rule.withinMs), at]
  }

  #of({ pool }: PoolState, node: number): Offender {
    const key = `${pool.id}#${node}`
    const known = this.#byNode.get(key)
    if (known) return known
    const created: Offender = { poolId: pool.id, node, failures: [], keptOutUntil: undefined }
    this.#byNode.set(key, created)
    return created
  }

  #setKept(offender: Offender, until: Instant | undefined): void {
    this.#keptOut += Number(until !== undefined) - Number(offender.keptOutUntil !== undefined)
    offender.keptOutUntil = until
  }

  #forget({ pool }: PoolState, node: number): void {
    const offender = this.#byNode.get(`${pool.id}#${node}`)
    if (!offender) return
    this.#setKept(offender, undefined)
    this.#byNode.delete(`${pool.id}#${node}`)
  }
}

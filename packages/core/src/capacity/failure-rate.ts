import type { Pool } from './pool.ts'

/** How often the nodes of one pool, or of all pools of one hardware, fail, and how long they are gone then. */
export interface FailureRate {
  readonly pool?: string
  readonly hardware?: string
  /** Failures in a year of one accelerator in service; a node fails as often as all of its accelerators together. */
  readonly perAcceleratorYear: number
  /** From a node's failure until it is back. */
  readonly repairMs: number
  /** Failures that a node survives; none where absent. */
  readonly slow?: SlowFailures
}

/** Of the failures so large a part leaves the node at work, at this share of its speed, until it is repaired. */
export interface SlowFailures {
  readonly part: number
  /** Above 0, below 1. */
  readonly speed: number
}

/** What is said of the pool, else of its hardware; its nodes never fail where nothing is said. */
export function failureRateOf(pool: Pool, rates: readonly FailureRate[]): FailureRate | undefined {
  return rates.find((rate) => rate.pool === pool.id) ?? rates.find((rate) => rate.hardware === pool.hardware)
}

import type { Instant } from '../../base/instant.ts'
import type { Span } from '../../base/span.ts'
import type { BudgetKind } from '../../demand/budget-plan.ts'

/**
 * What the time of pools costs, as far as a decision may change it. Prices are whole micro-units of one currency for one
 * accelerator and hour. Sums may be larger than JSON's exact numbers, so they are decimals in text: `'1250000'` is 1.25.
 */
export interface Terms {
  readonly currency: string
  readonly grants: readonly PricedGrant[]
  readonly takes: readonly Take[]
  /** By provider; bringing data away from one that is not named costs nothing. */
  readonly egress?: readonly EgressPrice[]
  readonly budgets?: readonly Budget[]
}

/** What a tenant with all below it, or gangs that name it, may spend in each of some intervals. */
export interface Budget {
  readonly id: string
  readonly tenant?: string
  readonly kind: BudgetKind
  /** In order of time; they do not overlap. */
  readonly intervals: readonly BudgetInterval[]
}

export interface BudgetInterval extends Span {
  readonly micros: string
}

/** What a provider asks for a gigabyte that leaves one of its regions. */
export interface EgressPrice {
  readonly provider: string
  /** For another region of its own. */
  readonly toRegionMicrosPerGb: number
  readonly toProviderMicrosPerGb: number
}

/** Accelerators of one pool during a stretch of time, under one price list. */
export interface PricedGrant extends Span {
  readonly id: string
  readonly poolId: string
  readonly order: GrantOrder
  readonly accelerators: number
  /** How many of them are paid for whether used or not: they serve first. */
  readonly paidAnyway: number
  /** In order of time; the first holds from the start on at the latest. */
  readonly prices: readonly PriceFrom[]
  /** What its use is counted towards: as long as that is not used up, its use costs nothing more. */
  readonly takeId?: string
  /** How often, on average, each node of it is taken away: spot capacity is. */
  readonly lossesPerNodeHour?: number
}

/** What serves the use of a pool first: machines that were listed outright, then committed, spot and on-demand capacity. */
export type GrantOrder = 'listed' | 'committed' | 'spot' | 'onDemand'

export interface PriceFrom {
  readonly from: Instant
  readonly microsPerHour: number
}

/** What must be taken, or else paid for, in each of some intervals. */
export interface Take {
  readonly id: string
  /** Whether use beyond what is committed for one interval counts towards the next. */
  readonly carries: boolean
  /** In order of time; they do not overlap. */
  readonly intervals: readonly TakeInterval[]
}

export interface TakeInterval extends Span {
  /** Owed whether used or not. */
  readonly owedMicros: string
  /** Beyond this, use carries over where the take does so. */
  readonly committedMicros: string
}

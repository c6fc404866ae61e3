import type { Instant } from '../base/instant.ts'
import type { BudgetPlan } from './budget-plan.ts'
import type { AcceptedHardware, TopologyNeed } from './gang.ts'
import type { Level } from './growth.ts'
import type { Spending } from './spending.ts'
import type { SpreadRule } from './spread-rule.ts'

/** Inference that follows demand: replicas come and go with a series. */
export interface Service {
  readonly id: string
  readonly tenant: string
  readonly priority: number
  readonly replica: Replica
  readonly demand: DemandSeries
  /** How its replicas are kept apart. */
  readonly spread?: Omit<SpreadRule, 'group'>
  /** How its replicas mind what time costs; not at all where absent. */
  readonly spending?: Spending
  /** What it may spend; its gangs then draw on it by its id. */
  readonly budget?: BudgetPlan
}

export interface Replica {
  readonly members: number
  readonly acceleratorsPerMember: number
  /** A share of one accelerator, in thousandths, for a member that needs no whole ones. */
  readonly acceleratorMilliPerMember?: number
  /** Of its node, where that states them. */
  readonly cpuCoresPerMember?: number
  readonly memoryMiBPerMember?: number
  readonly accepts: readonly AcceptedHardware[]
  readonly within: TopologyNeed
  /** From placement until it serves. */
  readonly warmUpMs: number
  /** From the wish to stop until its accelerators are free. */
  readonly drainMs: number
}

/** Replicas wanted over time: given step by step, or a daily cycle with growth. */
export type DemandSeries =
  | { readonly kind: 'steps'; readonly steps: readonly { readonly at: Instant; readonly replicas: number }[] }
  | {
      readonly kind: 'daily'
      /** Mean replicas at `from`. */
      readonly mean: number
      readonly from: Instant
      /** Peak ÷ mean − 1 of the daily wave, 0 to 1. */
      readonly amplitude: number
      /** Hour of the day (UTC) of the peak. */
      readonly peakHour: number
      /** Saturday and Sunday relative to the other days. */
      readonly weekend: number
      /** Growth per year, compounded: 1 doubles. */
      readonly growthPerYear: number
      /** Multiplies the mean, beside growth; in order of time. */
      readonly levels?: readonly Level[]
      /** How often the number of replicas is set anew. */
      readonly everyMs: number
    }

import type { Slips } from '../agreements/resolve.ts'
import type { Standing } from '../agreements/standing.ts'
import type { StepFunction } from '../base/step-function.ts'
import type { PoolTimeline } from '../capacity/timeline.ts'
import type { ChargedPortfolio } from '../cost/charges.ts'
import type { CashPlan } from '../finance/cash.ts'
import type { Concentration } from '../finance/concentration.ts'
import type { YearCoverage } from '../finance/coverage.ts'
import type { ObligationSummary } from '../finance/obligation-summary.ts'
import type { Prepaid } from '../finance/prepayment.ts'
import type { IdleRow } from '../usage/pool-idle.ts'
import type { UsageRow } from '../usage/rollup.ts'
import type { BookedRow } from './booking-observer.ts'
import type { Check } from './check.ts'
import type { OutageEffect } from './outage-observer.ts'
import type { Portfolio } from './portfolio.ts'
import type { RunStatistics } from './run-statistics.ts'
import type { SpentBudget } from './spent-budgets.ts'
import type { SpotLosses } from './spot-observer.ts'
import type { GroupSurvival } from './survival-observer.ts'
import type { WindowYear } from './window-years.ts'

/** All that comes of playing a portfolio once. */
export interface RunResult {
  readonly portfolio: Portfolio
  readonly seed: number
  readonly slips: Slips
  readonly policy: string
  /** The standing of every agreement, by id. */
  readonly standings: ReadonlyMap<string, Standing>
  /** Promised and delivered accelerators of usable agreements and listed machines, over the horizon. */
  readonly capacity: readonly PoolTimeline[]
  /** Accelerators asked for within the window, by gangs that ran and gangs that waited. */
  readonly asked: StepFunction
  /** Accelerators in use within the window, by pool. */
  readonly used: ReadonlyMap<string, StepFunction>
  readonly statistics: RunStatistics
  /** The window by calendar year. */
  readonly years: readonly WindowYear[]
  /** Within the window, by calendar month. */
  readonly usage: readonly UsageRow[]
  readonly idle: readonly IdleRow[]
  /** What each outage within the window did. */
  readonly outages: readonly OutageEffect[]
  /** What came of each window that was booked. */
  readonly bookings: readonly BookedRow[]
  /** Of every group that is kept apart: what the loss of any one would leave. */
  readonly survival: readonly GroupSurvival[]
  /** What the loss of spot capacity did; absent where there is none that is taken back. */
  readonly spotLosses?: SpotLosses
  /** What was spent of each budget in the window; absent where no decision depends on what time costs. */
  readonly budgets?: readonly SpentBudget[]
  /** Over the whole of every term. */
  readonly charged: ChargedPortfolio
  readonly obligations: ObligationSummary
  readonly cash: CashPlan
  /** Of every agreement with a prepayment. */
  readonly prepaid: readonly Prepaid[]
  readonly coverage: readonly YearCoverage[]
  readonly concentration: {
    readonly moneyByProvider: Concentration | undefined
    readonly acceleratorsByProvider: Concentration | undefined
    readonly acceleratorsByHardware: Concentration | undefined
  }
  readonly checks: readonly Check[]
}

import type { Span } from '../base/span.ts'
import type { BudgetPlan } from './budget-plan.ts'
import type { AcceptedHardware, Gang, TopologyNeed } from './gang.ts'
import type { Level } from './growth.ts'
import type { Spending } from './spending.ts'
import type { SpreadRule } from './spread-rule.ts'

/** Jobs drawn from a seed: how many arrive, when, how large and for how long. */
export interface Workload {
  readonly id: string
  readonly tenant: string
  readonly priority: number
  /** A named profile of `demand/profiles`, or tables of one's own. */
  readonly profile: WorkloadProfile
  /** The mean over a week, at the start of `active` or else of the window drawn; the profile's cycles bend it. */
  readonly jobsPerDay: number
  /** Multiplies the profile's sizes: a lab's pre-training gangs are larger than a campus cluster's jobs. */
  readonly sizeScale: number
  /** The share by which arrivals grow per year, compounded; 0 for none. */
  readonly growthPerYear: number
  /** Multiplies arrivals, beside growth; in order of time. */
  readonly levels?: readonly Level[]
  /** When it asks at all; the whole run where absent. */
  readonly active?: Span
  readonly accepts: readonly AcceptedHardware[]
  readonly within: TopologyNeed
  /** Jobs of one accelerator take this share of one instead, in thousandths. */
  readonly acceleratorMilliPerMember?: number
  /** What members take of their node for each of its accelerators, where that states it. */
  readonly cpuCoresPerAccelerator?: number
  readonly memoryMiBPerAccelerator?: number
  readonly checkpointMs?: number
  readonly restartMs: number
  readonly reclaimable: boolean
  /** The booked window in which alone its gangs run, as long as that is to come. */
  readonly window?: string
  /** How far its gangs may be moved while they run; absent: they may not. */
  readonly movable?: NonNullable<Gang['movable']>
  /** Where its gangs may run with fewer workers, or more. */
  readonly elastic?: ElasticWorkers
  /** What starts together with the workers of each gang. */
  readonly roles?: readonly FurtherRole[]
  /** Whether gangs state a limit (their true running time rounded up), as careful users do. */
  readonly statesLimit: boolean
  /** How its gangs are kept apart. */
  readonly spread?: Omit<SpreadRule, 'group'>
  /** How its gangs mind what time costs; not at all where absent. */
  readonly spending?: Spending
  /** What it may spend; its gangs then draw on it by its id. */
  readonly budget?: BudgetPlan
}

/** How few and how many workers a gang may have, as shares of those drawn, and what more of them do for its speed. */
export interface ElasticWorkers {
  /** Above 0, at most 1. */
  readonly smallest: number
  /** At least 1. */
  readonly largest: number
  /** Speed grows as workers to this power: 1 where twice as many take half the time, 0 where they change nothing. */
  readonly scaling: number
  readonly restarts: boolean
  readonly settleMs: number
}

/** Members of another kind beside the workers, with hardware and needs of their own. */
export interface FurtherRole {
  readonly name: string
  /** So many in each gang, or so many for each worker, rounded up. */
  readonly members: { readonly inAll: number } | { readonly perWorker: number }
  readonly acceleratorsPerMember: number
  readonly cpuCoresPerMember: number
  readonly accepts: readonly AcceptedHardware[]
  readonly within: TopologyNeed
}

/** Distributions measured from a trace. */
export interface WorkloadProfile {
  readonly id: string
  readonly source: string
  /** Accelerators per job with the share of jobs that ask for so many; shares add up to one. */
  readonly sizes: readonly { readonly accelerators: number; readonly share: number }[]
  /** Running time in seconds by quantile, per class of size, so that large jobs run as long as large jobs do. */
  readonly durations: readonly DurationTable[]
  /** Gaps between arrivals within the hour, per class of how busy the hour is: in a busy hour jobs come in clumps. */
  readonly gaps: readonly GapTable[]
  /** Relative arrival rate by hour of the day (24) and day of the week (7, Monday first); each averages one. */
  readonly hourOfDay: readonly number[]
  readonly dayOfWeek: readonly number[]
  /** How far single hours stray from the cycle; each hour follows the cycle where absent. */
  readonly bursts?: BurstTable
  /** How much jobs of one hour resemble each other; not at all where absent. */
  readonly likeness?: Likeness
}

/** The tables stand in ascending order of size; the last one holds for all larger jobs too. */
export interface DurationTable {
  readonly upToAccelerators: number
  readonly seconds: QuantileTable
}

/** The tables stand in ascending order of rate; the last one holds for all busier hours too. */
export interface GapTable {
  /** Arrivals of the hour ÷ those of the mean hour. */
  readonly upToRate: number
  /** Gap ÷ the hour's mean gap. */
  readonly gaps: QuantileTable
}

/**
 * Arrivals of an hour ÷ those of the mean hour. An hour whose place in the cycle asks for more than the mean draws higher
 * from this same table (u to a power that gives the cycle's mean), so that a peak is made of more bursts.
 */
export interface BurstTable {
  readonly rates: QuantileTable
  /** The correlation of one hour with the next, 0 to below 1. */
  readonly persistence: number
}

/** Shares from 0 (independent) to below 1. Neither changes the distribution of sizes or durations over all jobs. */
export interface Likeness {
  /** The chance that a job asks for as much as the one before it in the same hour, beyond coincidence. */
  readonly sizes: number
  /** The correlation of running times (as normal scores within their class of size) of two jobs of the same hour. */
  readonly durations: number
}

/**
 * Ascending probabilities from 0 to 1 with the value at each, values not falling and not negative;
 * between two values linear, in the logarithm where both are positive.
 */
export interface QuantileTable {
  readonly at: readonly number[]
  readonly values: readonly number[]
}

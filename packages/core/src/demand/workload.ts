import type { Span } from '../base/span.ts'
import type { AcceptedHardware, TopologyNeed } from './gang.ts'

/** Jobs drawn from a seed: how many arrive, when, how large and for how long. */
export interface Workload {
  readonly id: string
  readonly tenant: string
  readonly priority: number
  /** A named profile of `demand/profiles`, or tables of one's own. */
  readonly profile: WorkloadProfile
  /** The mean over a week; the profile's cycles bend it. */
  readonly jobsPerDay: number
  /** Multiplies the profile's sizes: a lab's pre-training gangs are larger than a campus cluster's jobs. */
  readonly sizeScale: number
  /** The share by which arrivals grow per year, compounded; 0 for none. */
  readonly growthPerYear: number
  /** When it asks at all; the whole run where absent. */
  readonly active?: Span
  readonly accepts: readonly AcceptedHardware[]
  readonly within: TopologyNeed
  readonly checkpointMs?: number
  readonly restartMs: number
  readonly reclaimable: boolean
  /** Whether gangs state a limit (their true running time rounded up), as careful users do. */
  readonly statesLimit: boolean
}

/** Distributions measured from a trace. */
export interface WorkloadProfile {
  readonly id: string
  readonly source: string
  /** Accelerators per job with the share of jobs that ask for so many; shares add up to one. */
  readonly sizes: readonly { readonly accelerators: number; readonly share: number }[]
  /** Running time in seconds by quantile, per class of size, so that large jobs run as long as large jobs do. */
  readonly durations: readonly DurationTable[]
  /** Gaps between arrivals within the hour, as quantiles of (gap ÷ the hour's mean gap). */
  readonly gaps: QuantileTable
  /** Relative arrival rate by hour of the day (24) and day of the week (7, Monday first); each averages one. */
  readonly hourOfDay: readonly number[]
  readonly dayOfWeek: readonly number[]
}

export interface DurationTable {
  readonly upToAccelerators: number
  readonly seconds: QuantileTable
}

/** Ascending probabilities from 0 to 1 with the value at each; linear (in the logarithm where all values are positive) between. */
export interface QuantileTable {
  readonly at: readonly number[]
  readonly values: readonly number[]
}

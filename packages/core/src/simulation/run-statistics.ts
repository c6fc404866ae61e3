import type { RefusalCause } from '../allocation/events.ts'
import { HOUR_MS } from '../base/instant.ts'

/** Mean and nearest-rank quantiles: the p-quantile of n sorted values is number floor(p × n). Zeros where there are none. */
export interface Distribution {
  readonly mean: number
  readonly p50: number
  readonly p99: number
}

/** How a history went, as those who waited in it and those who paid for it see it. */
export interface RunStatistics {
  readonly gangs: number
  readonly started: number
  readonly finished: number
  readonly cancelled: number
  /** At the end of the history. */
  readonly running: number
  readonly waiting: number
  readonly refused: number
  /** Of these the gangs that were submitted, by cause; absent where there were none. */
  readonly refusedGangs?: Readonly<Partial<Record<RefusalCause, number>>>
  readonly evictions: number
  /** How often elastic gangs changed their size, and movable ones went on elsewhere. */
  readonly resizes: number
  readonly moves: number
  readonly nodeFailures: number
  /** How often a node went on at a share of its speed. */
  readonly nodesSlowed: number
  readonly events: number
  /** From submission to first start, of all that started. */
  readonly waitHours: Distribution
  readonly waitBySize: readonly WaitOfSize[]
  /** From submission to end, of all that finished. */
  readonly completionHours: Distribution
  /** From the first submission to the last end. */
  readonly makespanHours: number
  readonly acceleratorHours: number
  /** Accelerator time in use ÷ accelerator time in service, from the first submission to the end of the history. */
  readonly utilisation: number
  /** The part of the accelerator time in service that was free while waiting gangs would have filled it by count. */
  readonly fragmentation: number
  readonly tenants: readonly TenantStatistics[]
  /** Jain's index of the tenants' mean slowdowns: 1 where all are slowed alike (R. Jain et al., DEC-TR-301, 1984). */
  readonly fairness: number
}

/** Waits of the gangs with at most so many accelerators, and more than the class before. */
export interface WaitOfSize extends Distribution {
  readonly upTo: number
  readonly gangs: number
}

export interface TenantStatistics {
  readonly tenant: string
  readonly gangs: number
  readonly acceleratorHours: number
  readonly meanWaitHours: number
  /** Mean of (waiting + running) ÷ max(running, 1 minute), of those that finished. */
  readonly meanSlowdown: number
}

/** The largest gang of each class of size. */
export const SIZE_CLASSES: readonly number[] = [1, 8, 72, 512, 4_096, Number.POSITIVE_INFINITY]

/** Milliseconds in, hours out. The values are sorted in place. */
export function distributionOf(valuesMs: Float64Array): Distribution {
  if (valuesMs.length === 0) return { mean: 0, p50: 0, p99: 0 }
  valuesMs.sort()
  const mean = valuesMs.reduce((sum, value) => sum + value, 0) / valuesMs.length
  const quantile = (p: number): number => valuesMs[Math.floor(p * valuesMs.length)] as number
  return { mean: mean / HOUR_MS, p50: quantile(0.5) / HOUR_MS, p99: quantile(0.99) / HOUR_MS }
}

/** `waitsMs[i]` is the wait of a gang of `sizes[i]` accelerators. Classes without gangs are left out. */
export function waitsBySize(waitsMs: readonly number[], sizes: readonly number[]): WaitOfSize[] {
  return SIZE_CLASSES.flatMap((upTo, i) => {
    const above = i === 0 ? Number.NEGATIVE_INFINITY : (SIZE_CLASSES[i - 1] as number)
    const own = waitsMs.filter(
      (_, gang) => (sizes[gang] as number) > above && (sizes[gang] as number) <= upTo,
    )
    return own.length > 0 ? [{ upTo, gangs: own.length, ...distributionOf(Float64Array.from(own)) }] : []
  })
}

/** (Σx)² ÷ (n × Σx²); 1 where there is nothing to compare. */
export function jainIndex(values: readonly number[]): number {
  const sum = values.reduce((total, value) => total + value, 0)
  const squares = values.reduce((total, value) => total + value * value, 0)
  return squares === 0 ? 1 : (sum * sum) / (values.length * squares)
}

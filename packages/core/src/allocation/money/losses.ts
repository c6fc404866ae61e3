import { HOUR_MS } from '../../base/instant.ts'

export interface Losses {
  /** How often, on average, the nodes of a gang are taken away from it. */
  readonly lossesPerHour: number
  /** How often it saves its work; it saves nothing where absent. */
  readonly savesEveryMs: number | undefined
  readonly restartMs: number
}

/** Where losses are so frequent that work hardly ends, it is taken to last so many times as long. */
const LONGEST = 1_000

/**
 * How long work of so many milliseconds takes where it is lost again and again, in the mean. Losses come at random (a Poisson process
 * of rate λ); a stretch of length s between two saves, begun anew after each loss and a restart of r, takes (1/λ + r)(e^{λs} − 1).
 * Source: J. T. Daly, A higher order estimate of the optimum checkpoint interval for restart dumps, 2006, without the cost of saving.
 */
export function stretchedByLosses(ms: number, { lossesPerHour, savesEveryMs, restartMs }: Losses): number {
  if (lossesPerHour === 0 || ms === 0) return ms
  const rate = lossesPerHour / HOUR_MS
  const stretch = Math.min(ms, savesEveryMs ?? ms)
  const longer = ((1 / rate + restartMs) * Math.expm1(rate * stretch)) / stretch
  return Math.ceil(ms * Math.min(longer, LONGEST))
}

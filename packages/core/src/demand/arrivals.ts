import type { Prng } from '../base/prng.ts'
import { type Quantile, quantileOf } from './quantile-table.ts'
import type { GapTable } from './workload.ts'

const HOUR_SECONDS = 3600

/** Whole seconds after the full hour at which `count` jobs arrive in an hour of this rate, in order. */
export type Arrivals = (count: number, rate: number, chance: Prng) => number[]

export function arrivalsBy(tables: readonly GapTable[]): Arrivals {
  const quantiles = tables.map(({ gaps }) => quantileOf(gaps))
  return (count, rate, chance) => {
    const found = tables.findIndex(({ upToRate }) => rate <= upToRate)
    const gaps = quantiles.at(found) as Quantile
    return spread(count, gaps, chance)
  }
}

/** Draws the gaps, fits them into the hour if they are too long for it, and lets the first job come anywhere before. */
function spread(count: number, gap: Quantile, chance: Prng): number[] {
  const meanSeconds = HOUR_SECONDS / count
  const offsets: number[] = [0]
  for (let job = 1; job < count; job++) {
    offsets.push((offsets[job - 1] as number) + gap(chance.next()) * meanSeconds)
  }
  const length = offsets[count - 1] as number
  const room = HOUR_SECONDS * (1 - chance.next() / count)
  const shrink = length > room ? room / length : 1
  const first = chance.next() * (HOUR_SECONDS - length * shrink)
  return offsets.map((offset) => Math.min(HOUR_SECONDS - 1, Math.floor(first + offset * shrink)))
}

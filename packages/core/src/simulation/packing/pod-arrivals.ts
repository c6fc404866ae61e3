import type { PackingFleet } from '../../allocation/packing/packing-fleet.ts'
import { milliOf, type PodKind, type Pods } from '../../allocation/packing/pod-kind.ts'
import type { PodPlacer } from '../../allocation/packing/pod-placer.ts'

const MOST_ASKED = 200

/** Per cent of the fleet's accelerators that are allocated, by per cent that has been asked for so far (0 … 199); NaN where unseen. */
export type AllocationCurve = Float64Array

/**
 * Plays the arrivals: each pod is placed where the placer says, or passed over for good where it fits nowhere. Nothing departs.
 * After each pod, what has been asked for is rounded to a whole per cent and what is allocated to a hundredth of one; the curve
 * holds the mean of the latter for each of the former (the protocol of FGD: Weng et al., ATC'23).
 */
export function playArrivals(
  fleet: PackingFleet,
  placer: PodPlacer,
  { kinds, kindOf, memoryMiB }: Pods,
): AllocationCurve {
  const sums = new Float64Array(MOST_ASKED)
  const counts = new Int32Array(MOST_ASKED)
  const total = fleet.milliTotal
  let asked = 0
  for (let at = 0; at < kindOf.length; at++) {
    const kindAt = kindOf[at] as number
    asked += milliOf(kinds[kindAt] as PodKind)
    placer.place(kindAt, memoryMiB[at] as number)
    const column = Math.round((100 * asked) / total)
    if (column >= MOST_ASKED) break
    sums[column] = (sums[column] as number) + Math.round((10_000 * fleet.milliUsed) / total) / 100
    counts[column] = (counts[column] as number) + 1
  }
  return sums.map((sum, column) => sum / (counts[column] as number))
}

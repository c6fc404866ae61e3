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
  const curve = new CurveRecorder(fleet.milliTotal)
  for (let at = 0; at < kindOf.length && !curve.isOver; at++) {
    const kindAt = kindOf[at] as number
    placer.place(kindAt, memoryMiB[at] as number)
    curve.note(milliOf(kinds[kindAt] as PodKind), fleet.milliUsed)
  }
  return curve.curve()
}

/** Writes the curve down, pod by pod. */
export class CurveRecorder {
  readonly #total: number
  readonly #sums = new Float64Array(MOST_ASKED)
  readonly #counts = new Int32Array(MOST_ASKED)
  #asked = 0

  constructor(milliTotal: number) {
    this.#total = milliTotal
  }

  /** Whether so much has been asked for that the curve has no place for more. */
  get isOver(): boolean {
    return this.#column >= MOST_ASKED
  }

  /** After a pod that asked for so much; `used` is what all hold by then. */
  note(asked: number, used: number): void {
    this.#asked += asked
    if (this.isOver) return
    const column = this.#column
    this.#sums[column] = (this.#sums[column] as number) + Math.round((10_000 * used) / this.#total) / 100
    this.#counts[column] = (this.#counts[column] as number) + 1
  }

  curve(): AllocationCurve {
    return this.#sums.map((sum, column) => sum / (this.#counts[column] as number))
  }

  get #column(): number {
    return Math.round((100 * this.#asked) / this.#total)
  }
}

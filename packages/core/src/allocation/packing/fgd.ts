import { NEVER, type NodeScorer } from './node-scorer.ts'
import { type PackingFleet, WHOLE_MILLI } from './packing-fleet.ts'
import type { PodKind } from './pod-kind.ts'
import type { TypicalPod } from './typical-pods.ts'

/** Why a typical pod leaves milli of a node idle, or that it does not; in the order in which their sums are added up. */
const LACKS_BOTH = 0
const LACKS_ACCELERATOR = 1
const USED = 2
const LACKS_CPU = 3
const ASKS_FOR_NONE = 4
const ASKS_FOR_NONE_AND_LACKS_CPU = 5
const WRONG_MODEL = 6

/**
 * Fragmentation gradient descent as it was published (Weng et al., Beware of Fragmentation, ATC'23): a pod goes where it adds
 * the least fragmentation, which is the expected idle milli that the next typical pod could not use there. The score is a whole
 * number of 100 × sigmoid(gain ÷ 1,000); that it is so coarse is part of the policy: with ties broken finely it packs worse. So
 * close do scores lie to whole numbers that the order of the sums decides, and is kept.
 */
export class FragmentationGradient implements NodeScorer {
  readonly #fleet: PackingFleet
  readonly #typical: readonly TypicalPod[]
  readonly #after: Int32Array
  readonly #sums = new Float64Array(WRONG_MODEL + 1)
  slot = -1
  readonly breaks = 0

  constructor(fleet: PackingFleet, typical: readonly TypicalPod[]) {
    this.#fleet = fleet
    this.#typical = typical
    this.#after = new Int32Array(fleet.slotWidth)
  }

  score(node: number, kind: PodKind): number {
    const { cpuFree, wholeFree, slotFree, slotWidth, slots } = this.#fleet
    const cpu = cpuFree[node] as number
    const count = slots[node] as number
    this.slot = -1
    if (cpu < kind.cpuMilli) return NEVER
    if (kind.milliEach === WHOLE_MILLI && (wholeFree[node] as number) < kind.accelerators) return NEVER
    const first = node * slotWidth
    const before = this.#fragmentation(node, cpu, slotFree, first)
    for (let slot = 0; slot < count; slot++) this.#after[slot] = slotFree[first + slot] as number
    const cpuLeft = cpu - kind.cpuMilli
    if (kind.accelerators > 0 && kind.milliEach < WHOLE_MILLI)
      return this.#bestSlot(node, kind.milliEach, cpuLeft, before)
    for (let slot = 0, left = kind.accelerators; left > 0; slot++) {
      if (this.#after[slot] !== WHOLE_MILLI) continue
      this.#after[slot] = 0
      left -= 1
    }
    return gradeOf(before - this.#fragmentation(node, cpuLeft, this.#after, 0))
  }

  #bestSlot(node: number, milli: number, cpuLeft: number, before: number): number {
    const after = this.#after
    let best = NEVER
    for (let slot = 0; slot < (this.#fleet.slots[node] as number); slot++) {
      const free = after[slot] as number
      if (free < milli) continue
      after[slot] = free - milli
      const grade = gradeOf(before - this.#fragmentation(node, cpuLeft, after, 0))
      after[slot] = free
      if (grade <= best) continue
      best = grade
      this.slot = slot
    }
    return best
  }

  /** Of the node, if it had this much CPU and these slots free. */
  #fragmentation(node: number, cpu: number, slotFree: Int32Array, first: number): number {
    const until = first + (this.#fleet.slots[node] as number)
    let free = 0
    for (let at = first; at < until; at++) free += slotFree[at] as number
    const sums = this.#sums.fill(0)
    for (const { kind, probability } of this.#typical) {
      const hasCpu = cpu >= kind.cpuMilli
      let reason = hasCpu ? USED : LACKS_CPU
      let idle = 0
      if (kind.accelerators === 0) reason = hasCpu ? ASKS_FOR_NONE : ASKS_FOR_NONE_AND_LACKS_CPU
      else if ((kind.models & (1 << (this.#fleet.model[node] as number))) === 0) reason = WRONG_MODEL
      else {
        let fitting = 0
        for (let at = first; at < until; at++) {
          const milli = slotFree[at] as number
          if (milli >= kind.milliEach) fitting += 1
          else idle += milli
        }
        if (fitting < kind.accelerators) reason = hasCpu ? LACKS_ACCELERATOR : LACKS_BOTH
      }
      if (reason === USED) sums[LACKS_ACCELERATOR] = (sums[LACKS_ACCELERATOR] as number) + probability * idle
      else sums[reason] = (sums[reason] as number) + probability * free
    }
    let fragmentation = 0
    for (let reason = 0; reason < sums.length; reason++)
      if (reason !== USED) fragmentation += sums[reason] as number
    return fragmentation
  }
}

function gradeOf(gainMilli: number): number {
  return Math.trunc(100 / (1 + Math.exp(-gainMilli / 1000)))
}

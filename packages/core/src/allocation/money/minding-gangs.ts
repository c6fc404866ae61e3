import type { GangState } from '../gang-state.ts'
import { patienceEnd } from './patience.ts'

/** The waiting gangs for which money decides where they start, and until when those of them hold out for a price that do. */
export class MindingGangs {
  size = 0
  /** In order. */
  readonly #ends: number[] = []

  add(gang: GangState): void {
    if (!gang.mindsMoney) return
    this.size += 1
    const end = patienceEnd(gang)
    if (Number.isFinite(end)) this.#ends.splice(this.#placeOf(end), 0, end)
  }

  remove(gang: GangState): void {
    if (!gang.mindsMoney) return
    this.size -= 1
    const end = patienceEnd(gang)
    if (Number.isFinite(end)) this.#ends.splice(this.#placeOf(end), 1)
  }

  /** When the next one of them stops holding out, after the moment; infinite where none does. */
  nextEndAfter(at: number): number {
    return this.#ends[this.#placeOf(at + 1)] ?? Number.POSITIVE_INFINITY
  }

  #placeOf(end: number): number {
    let low = 0
    let high = this.#ends.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#ends[middle] as number) < end) low = middle + 1
      else high = middle
    }
    return low
  }
}

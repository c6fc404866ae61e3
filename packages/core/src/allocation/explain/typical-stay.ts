import { HOUR_MS } from '../../base/instant.ts'
import { acceleratorsOf, type Gang } from '../../demand/gang.ts'
import { Seen } from './seen.ts'

const KEPT_MOST = 4096
/** As many of one size that they tell more than those of all sizes. */
const ENOUGH = 20

/** How long gangs ran that stated no limit, by their size. */
export class TypicalStay {
  readonly #ofAll = new Seen(KEPT_MOST)
  readonly #bySize = new Map<number, Seen>()

  note(gang: Gang, ranMs: number): void {
    this.#ofAll.add(ranMs)
    const size = sizeClassOf(gang)
    const seen = this.#bySize.get(size) ?? new Seen(KEPT_MOST)
    this.#bySize.set(size, seen)
    seen.add(ranMs)
  }

  /** How long one will have run that has run for so long: the median of those that ran longer; twice as long where none did. */
  of(gang: Gang, ranMs: number): number {
    const ofSize = this.#bySize.get(sizeClassOf(gang))
    const seen = ofSize && ofSize.count >= ENOUGH ? ofSize : this.#ofAll
    return seen.medianAbove(ranMs) ?? Math.max(HOUR_MS, 2 * ranMs)
  }
}

function sizeClassOf(gang: Gang): number {
  return Math.ceil(Math.log2(Math.max(1, acceleratorsOf(gang))))
}

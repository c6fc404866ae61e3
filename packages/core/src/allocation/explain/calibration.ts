import { HOUR_MS, type Instant, MINUTE_MS } from '../../base/instant.ts'
import { Seen } from './seen.ts'

/** Where a start falls, four times of five. */
export interface StartRange {
  readonly from: Instant
  readonly until: Instant
}

const KEPT_MOST = 1000
/** With fewer, no range is stated. */
const ENOUGH = 20
/** The share that may fall on either side of the range. */
const TAIL = 0.1
/** How fast the tails follow what was missed. */
const STEP = 0.05
const HORIZONS = [HOUR_MS, 6 * HOUR_MS, 24 * HOUR_MS]

/** What is known of waits of one length. */
interface Horizon {
  readonly ratios: Seen
  below: number
  above: number
}

interface Asked {
  readonly at: Instant
  readonly eta: Instant
  readonly range: StartRange | undefined
}

/**
 * How far real starts were from what had been foreseen, as the ratio of the waits from the moment of asking, in classes of
 * foreseen waits. The range is taken from quantiles of these ratios, and its tails are widened after every miss and
 * narrowed after every hit, so that also where things change so many fall outside as should (adaptive conformal inference:
 * Gibbs and Candès, NeurIPS 2021).
 */
export class Calibration {
  readonly #open = new Map<string, Asked[]>()
  readonly #classes: readonly Horizon[] = HORIZONS.concat(Number.POSITIVE_INFINITY).map(() => ({
    ratios: new Seen(KEPT_MOST),
    below: TAIL,
    above: TAIL,
  }))

  /** Remembers what was foreseen, to compare it with what comes. */
  ask(gangId: string, at: Instant, eta: Instant): void {
    const asked = this.#open.get(gangId) ?? []
    asked.push({ at, eta, range: this.rangeOf(at, eta) })
    this.#open.set(gangId, asked)
  }

  started(gangId: string, at: Instant): void {
    for (const asked of this.#open.get(gangId) ?? []) this.#learn(asked, at)
    this.#open.delete(gangId)
  }

  /** One that ends before it starts teaches nothing. */
  forget(gangId: string): void {
    this.#open.delete(gangId)
  }

  /** Nothing where too few starts of such a wait were seen. */
  rangeOf(at: Instant, eta: Instant): StartRange | undefined {
    const { ratios, below, above } = this.#classOf(eta - at)
    if (ratios.count < ENOUGH) return undefined
    const waitMs = eta - at + MINUTE_MS
    const after = (ratio: number): Instant =>
      Math.max(at, Math.round(at + waitMs * ratio - MINUTE_MS)) as Instant
    return { from: after(ratios.quantile(below)), until: after(ratios.quantile(1 - above)) }
  }

  #learn({ at, eta, range }: Asked, start: Instant): void {
    const known = this.#classOf(eta - at)
    known.ratios.add((start - at + MINUTE_MS) / (eta - at + MINUTE_MS))
    if (!range) return
    known.below = adapted(known.below, start < range.from)
    known.above = adapted(known.above, start > range.until)
  }

  #classOf(waitMs: number): Horizon {
    const at = HORIZONS.findIndex((horizon) => waitMs < horizon)
    return this.#classes.at(at) as Horizon
  }
}

function adapted(tail: number, wasMissed: boolean): number {
  return Math.min(0.5, Math.max(0.001, tail + STEP * (TAIL - (wasMissed ? 1 : 0))))
}

import { type Instant, MINUTE_MS } from '../../base/instant.ts'
import { censoredQuantiles, type Observation } from './censored-quantiles.ts'

/** Where a start falls, four times of five. */
export interface StartRange {
  readonly from: Instant
  readonly until: Instant
}

/** The share that may fall on either side of the range. */
const TAIL = 0.1
/** With fewer starts, no range is stated. */
const ENOUGH = 20
/** So many of the last answers are remembered; of so many of the last starts those count that are nearest in foreseen wait. */
const KEPT_MOST = 4000
const STARTS_MOST = 1000
const NEAREST = 200
/** Waits that were foreseen to be more than so many times as long, or as short, tell nothing. */
const FARTHEST = 4
/** How fast the tails follow what was missed: a slow and a fast answer are averaged. */
const STEPS = [0.01, 0.05]

/**
 * What is taken for granted before waits of that length were seen: twenty starts, evenly spread in the logarithm between a
 * third of the wait that was foreseen and three times it.
 */
const GRANTED: readonly Observation[] = Array.from({ length: 20 }, (_, n) => ({
  size: 3 ** ((2 * n + 1) / 20 - 1),
  isOpen: false,
}))

/** An answer that was given: what was foreseen, and what became of it. */
interface Asked {
  readonly at: Instant
  readonly waitMs: number
  started: Instant | undefined
  /** The ranges by each step, as long as it is open on which side the start falls. */
  open: readonly StartRange[] | undefined
}

interface Tails {
  readonly step: number
  below: number
  above: number
}

/**
 * How far real starts were from what had been foreseen, as the ratio of the waits from the moment of asking. The range is taken
 * from the quantiles of these ratios over answers of about the same foreseen wait; those who still wait count too, by how long
 * they have waited, or else only the quick would teach. Its tails are widened after every miss and narrowed after every
 * hit, so that also where things change so many fall outside as should (adaptive conformal inference: Gibbs and Candès, NeurIPS
 * 2021): a start teaches when it comes, and one that is late as soon as its range is over.
 */
export class Calibration {
  readonly #openByGang = new Map<string, Asked[]>()
  #asked: Asked[] = []
  readonly #tails: readonly Tails[] = STEPS.map((step) => ({ step, below: TAIL, above: TAIL }))

  /** Remembers what was foreseen, to compare it with what comes. */
  ask(gangId: string, at: Instant, eta: Instant): void {
    this.#noteLate(at)
    const open = this.#rangesOf(at, eta)
    const asked: Asked = { at, waitMs: waitOf(at, eta), started: undefined, open }
    this.#asked.push(asked)
    if (this.#asked.length > KEPT_MOST) this.#asked.shift()
    const ofGang = this.#openByGang.get(gangId) ?? []
    ofGang.push(asked)
    this.#openByGang.set(gangId, ofGang)
  }

  started(gangId: string, at: Instant): void {
    for (const asked of this.#openByGang.get(gangId) ?? []) {
      if (asked.open) this.#learn(asked.open, at)
      asked.open = undefined
      asked.started = at
    }
    this.#openByGang.delete(gangId)
  }

  /** One that ends before it starts teaches nothing. */
  forget(gangId: string): void {
    const gone = new Set(this.#openByGang.get(gangId))
    if (gone.size > 0) this.#asked = this.#asked.filter((asked) => !gone.has(asked))
    this.#openByGang.delete(gangId)
  }

  /** Nothing where too few starts were seen. */
  rangeOf(at: Instant, eta: Instant): StartRange | undefined {
    const ranges = this.#rangesOf(at, eta)
    if (!ranges) return undefined
    const mean = (side: 'from' | 'until'): Instant =>
      Math.round(ranges.reduce((sum, range) => sum + range[side], 0) / ranges.length) as Instant
    return { from: mean('from'), until: mean('until') }
  }

  #rangesOf(at: Instant, eta: Instant): readonly StartRange[] | undefined {
    const near = this.#near(at, waitOf(at, eta))
    if (!near) return undefined
    const after = (ratio: number): Instant =>
      Math.max(at, Math.round(at + waitOf(at, eta) * ratio - MINUTE_MS)) as Instant
    return this.#tails.map(({ below, above }) => {
      const [least = 1, most = 1] = censoredQuantiles(near, [below, 1 - above])
      return { from: after(least), until: after(most) }
    })
  }

  /** The ratios of those answers that are nearest in foreseen wait, the latest first, and what is taken for granted. */
  #near(at: Instant, waitMs: number): readonly Observation[] | undefined {
    const lately = this.#lately()
    if (lately.filter(({ started }) => started !== undefined).length < ENOUGH) return undefined
    const byDistance = lately
      .map((asked) => ({ asked, far: Math.abs(Math.log(asked.waitMs / waitMs)) }))
      .sort((a, b) => a.far - b.far)
    const near: Observation[] = [...GRANTED]
    let starts = 0
    for (const { asked, far } of byDistance) {
      if (far > Math.log(FARTHEST) || starts === NEAREST) break
      const isOpen = asked.started === undefined
      near.push({ size: waitOf(asked.at, asked.started ?? at) / asked.waitMs, isOpen })
      if (!isOpen) starts += 1
    }
    return near
  }

  /** The latest first, until enough of them have started. */
  #lately(): readonly Asked[] {
    let starts = 0
    let from = this.#asked.length
    while (from > 0 && starts < STARTS_MOST) if (this.#asked[--from]?.started !== undefined) starts += 1
    return this.#asked.slice(from).reverse()
  }

  /** One that has not started by the end of its range is late, whenever it will. */
  #noteLate(now: Instant): void {
    for (const asked of this.#asked) {
      if (!asked.open || asked.open.some(({ until }) => until >= now)) continue
      this.#learn(asked.open, now)
      asked.open = undefined
    }
  }

  #learn(ranges: readonly StartRange[], start: Instant): void {
    for (const [n, tails] of this.#tails.entries()) {
      const range = ranges[n]
      if (!range) continue
      tails.below = adapted(tails.below, tails.step, start < range.from)
      tails.above = adapted(tails.above, tails.step, start > range.until)
    }
  }
}

/** A minute is added, so that waits of seconds have ratios too. */
function waitOf(from: Instant, until: Instant): number {
  return until - from + MINUTE_MS
}

function adapted(tail: number, step: number, wasMissed: boolean): number {
  return Math.min(0.35, Math.max(0.002, tail + step * (TAIL - (wasMissed ? 1 : 0))))
}

import { type AllocationEvent, acceleratorsOfPart, type Part } from '../allocation/events.ts'
import { AcceleratorsInUse } from '../allocation/shares/accelerators-in-use.ts'
import { assert } from '../base/assert.ts'
import { getOrAdd } from '../base/get-or-add.ts'
import type { Instant } from '../base/instant.ts'
import { RememberingMap } from '../base/remembering-map.ts'
import type { Span } from '../base/span.ts'
import type { StepFunction } from '../base/step-function.ts'
import { StepRecorder } from './step-recorder.ts'
import type { UsageSpan } from './usage-span.ts'

/** A gang that has been submitted and is not gone; while it stays somewhere, since when and where. */
interface Known {
  readonly tenant: string
  start: Instant | undefined
  parts: readonly Part[]
  borrowed: number
  /** Sizes and places that it had before in this stay, without a loss of work since. */
  earlier: readonly Stretch[] | undefined
}

interface Stretch extends Span {
  readonly parts: readonly Part[]
  readonly borrowed: number
}

/**
 * Turns allocation events, one after the other, into spans of use and into the used accelerators of each pool over time.
 * A gang is waiting (submitted or evicted), staying (placed), or gone (finished or cancelled); each end of a stay
 * gives one span per part, and one more for every size and place that it had before.
 */
export class Meter {
  readonly #take: (span: UsageSpan) => void
  readonly #gangs = new RememberingMap<Known>()
  readonly #used = new Map<string, StepRecorder>()
  readonly #inUse = new AcceleratorsInUse()

  /** Spans are handed to `take` when they end, so that a long run need not keep them. */
  constructor(take: (span: UsageSpan) => void) {
    this.#take = take
  }

  observe(event: AllocationEvent): void {
    switch (event.kind) {
      case 'submitted':
        this.#gangs.set(event.gang.id, {
          tenant: event.gang.tenant,
          start: undefined,
          parts: [],
          borrowed: 0,
          earlier: undefined,
        })
        return
      case 'placed':
        this.#begin(event.gangId, event)
        return
      case 'resized':
      case 'moved':
        this.#change(event.gangId, event)
        return
      case 'evicted':
        this.#end(event.gangId, event.at, event.lostMs)
        return
      case 'finished':
      case 'cancelled':
        this.#end(event.gangId, event.at, 0)
        this.#gangs.delete(event.gangId)
        return
      default:
        return
    }
  }

  /** Hands over what the gangs that still run have used until `at`; measuring may go on, and their spans start anew. */
  cut(at: Instant): void {
    for (const [gangId, gang] of this.#gangs.entries()) {
      if (gang.start === undefined) continue
      this.#handOver(gangId, gang, { start: gang.start, until: at }, 0)
      gang.start = at
      gang.earlier = undefined
    }
  }

  /** The accelerators in use, by pool; one that is shared is in use as a whole. */
  usedByPool(): ReadonlyMap<string, StepFunction> {
    return new Map([...this.#used].map(([poolId, recorder]) => [poolId, recorder.recorded()]))
  }

  #begin(gangId: string, placed: { at: Instant; parts: readonly Part[]; borrowed: number }): void {
    const gang = this.#gangs.get(gangId)
    assert(gang && gang.start === undefined, 'a gang is placed once, after it was submitted')
    const { at, parts, borrowed } = placed
    gang.start = at
    gang.parts = parts
    gang.borrowed = borrowed
    this.#use(parts, at, 1)
  }

  /** Where the change throws work away, that is known; else it stays open until the stay ends. */
  #change(
    gangId: string,
    {
      at,
      parts,
      borrowed,
      lostMs,
    }: Omit<Stretch, keyof Span> & { readonly at: Instant; readonly lostMs: number },
  ): void {
    const gang = this.#gangs.get(gangId)
    assert(gang?.start !== undefined, 'a gang changes its size or place while it stays')
    this.#use(gang.parts, at, -1)
    this.#use(parts, at, 1)
    const stretch = { start: gang.start, until: at, parts: gang.parts, borrowed: gang.borrowed }
    if (lostMs > 0) this.#handOver(gangId, gang, stretch, lostMs)
    gang.earlier = lostMs > 0 ? undefined : [...(gang.earlier ?? []), stretch]
    gang.start = at
    gang.parts = parts
    gang.borrowed = borrowed
  }

  #end(gangId: string, at: Instant, lostMs: number): void {
    const gang = this.#gangs.get(gangId)
    if (gang?.start === undefined) return
    const { start, parts } = gang
    gang.start = undefined
    this.#use(parts, at, -1)
    this.#handOver(gangId, gang, { start, until: at }, lostMs)
    gang.parts = []
    gang.earlier = undefined
  }

  #use(parts: readonly Part[], at: Instant, sign: 1 | -1): void {
    for (const part of parts) this.#recorder(part.poolId).change(at, this.#inUse.change(part, sign))
  }

  /** What is lost is the last of the stay, whatever its size then was. */
  #handOver(gangId: string, gang: Known, { start, until }: Span, lostMs: number): void {
    const { tenant, parts, borrowed, earlier } = gang
    const lostHere = Math.min(lostMs, until - start)
    this.#handOverStretch(gangId, tenant, { start, until, parts, borrowed }, lostHere)
    let lost = lostMs - lostHere
    for (const stretch of earlier?.toReversed() ?? []) {
      const lostThere = Math.min(lost, stretch.until - stretch.start)
      this.#handOverStretch(gangId, tenant, stretch, lostThere)
      lost -= lostThere
    }
  }

  #handOverStretch(
    gangId: string,
    tenant: string,
    { start, until, parts, borrowed: borrows }: Stretch,
    lostMs: number,
  ): void {
    if (until === start) return
    const sizes = parts.map(acceleratorsOfPart)
    const borrowed = parts.length === 1 ? [borrows] : splitBorrowed(borrows, sizes)
    for (const [n, part] of parts.entries()) {
      this.#take({
        start,
        until,
        gangId,
        role: part.role,
        tenant,
        poolId: part.poolId,
        accelerators: sizes[n] ?? 0,
        cpuCores: part.cpuCores,
        borrowed: borrowed[n] ?? 0,
        lostMs,
      })
    }
  }

  #recorder(poolId: string): StepRecorder {
    return getOrAdd(this.#used, poolId, () => new StepRecorder())
  }
}

/** What a gang borrows, over its parts in proportion to their size, in whole accelerators (or else thousandths) that add up. */
function splitBorrowed(borrowed: number, sizes: readonly number[]): number[] {
  const units = Number.isInteger(borrowed) ? 1 : 1000
  const whole = sizes.reduce((sum, size) => sum + size, 0)
  let soFar = 0
  let given = 0
  return sizes.map((size) => {
    soFar += size
    const share = (whole === 0 ? 0 : Math.floor((Math.round(borrowed * units) * soFar) / whole)) - given
    given += share
    return share / units
  })
}

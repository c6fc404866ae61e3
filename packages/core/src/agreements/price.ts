import type { Figure } from '../base/figure.ts'
import { addMonths, HOUR_MS, type Instant, monthStart } from '../base/instant.ts'
import { type Money, money, scale } from '../base/money.ts'
import { type AcceleratorMs, WHOLE } from '../base/quantity.ts'
import { failed, ok, type Result } from '../base/result.ts'
import type { Span } from '../base/span.ts'
import type { Price, PriceIndex } from './agreement.ts'
import { intervalAt, intervalStartsWithin } from './term.ts'

/** Published or internal prices: list prices of on-demand capacity and the series that price indices follow. */
export interface PriceBook {
  readonly points: readonly PricePoint[]
}

export interface PricePoint {
  /** The index's name, or `provider/hardware` for a list price. */
  readonly series: string
  readonly from: Instant
  readonly perAcceleratorHour: Figure<Money>
}

/** What a price must know of its line to become a price of time. */
export interface PriceContext {
  /** The agreement's term as it was signed: anniversaries and intervals count from its start, and it is itself the full term. */
  readonly term: Span
  /** All tranches of the line together; a line without accelerators (CPU alone) is priced as one unit. */
  readonly lineAccelerators: number
  readonly prices: PriceBook
}

/** An exact price: so many micro-units of currency for so much accelerator time. */
export interface Rate {
  readonly micros: bigint
  readonly per: AcceleratorMs
  readonly currency: string
  /** Whether the price rests on an assumption, or on an index after its last published value. */
  readonly assumed: boolean
}

export type RatePiece = Span & { readonly rate: Rate }

export type PriceProblem =
  | { readonly code: 'indexHasNoValue'; readonly series: string; readonly at: Instant }
  | { readonly code: 'indexInOtherCurrency'; readonly series: string; readonly currency: string }
  /** Series are prices per accelerator-hour: a sum per MW-month or per interval cannot follow one. */
  | { readonly code: 'indexOfOtherUnit'; readonly series: string }

/** The price of one accelerator for one hour at a moment, rounded to the micro-unit. */
export function pricePerAcceleratorHour(
  price: Price,
  at: Instant,
  context: PriceContext,
): Result<Money, PriceProblem> {
  const rate = rateAt(price, at, context)
  return rate.ok ? ok(costAt(rate.value, BigInt(HOUR_MS) as AcceleratorMs)) : rate
}

/** What so much accelerator time costs, rounded once to the micro-unit. */
export function costAt(rate: Rate, time: AcceleratorMs): Money {
  return scale(money(rate.micros, rate.currency), time, rate.per)
}

/** The stretches of the span on which the price stays the same, in order, without gaps. */
export function ratesWithin(
  price: Price,
  span: Span,
  context: PriceContext,
): Result<readonly RatePiece[], PriceProblem> {
  const pieces: RatePiece[] = []
  const starts = [...new Set([span.start, ...changesWithin(price, span, context)])].sort((a, b) => a - b)
  for (const [i, start] of starts.entries()) {
    const until = starts[i + 1] ?? span.until
    if (start >= until) continue
    const rate = rateAt(price, start, context)
    if (!rate.ok) return rate
    pieces.push({ start, until, rate: rate.value })
  }
  return ok(pieces)
}

/** The exact price at a moment: amount or index, escalator, then the index's bounds, as micro-units per accelerator time. */
export function rateAt(price: Price, at: Instant, context: PriceContext): Result<Rate, PriceProblem> {
  const base = price.index ? indexedAt(price, price.index, at, context) : ok(ownAmount(price))
  if (!base.ok) return base
  const escalated = escalate(base.value, price, at, context.term.start)
  const { numerator, denominator } = price.index ? bounded(escalated, price.index) : escalated
  const unit = unitAt(price, at, context)
  const assumed =
    base.value.assumed ||
    price.escalator?.perYear.provenance.kind === 'assumed' ||
    (price.kind === 'perMwMonth' && price.megawatts.provenance.kind === 'assumed')
  return ok({
    micros: numerator * unit.quantity,
    per: (denominator * unit.per) as AcceleratorMs,
    currency: price.amount.value.currency,
    assumed,
  })
}

/** An amount of micro-units as a fraction. */
interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
  readonly assumed: boolean
}

function ownAmount(price: Price): Fraction {
  const { value, provenance } = price.amount
  return { numerator: value.micros, denominator: 1n, assumed: provenance.kind === 'assumed' }
}

/** The last value published at or before the moment; after the series' last point it is an assumption that it stays. */
function indexedAt(
  price: Price,
  index: PriceIndex,
  at: Instant,
  context: PriceContext,
): Result<Fraction, PriceProblem> {
  const series = index.name
  if (price.kind !== 'perAcceleratorHour') return failed({ code: 'indexOfOtherUnit', series })
  let current: PricePoint | undefined
  let isLast = true
  for (const point of context.prices.points) {
    if (point.series !== series) continue
    if (point.from > at) isLast = false
    else if (!current || point.from >= current.from) current = point
  }
  if (!current) return failed({ code: 'indexHasNoValue', series, at })
  const { value, provenance } = current.perAcceleratorHour
  if (value.currency !== price.amount.value.currency)
    return failed({ code: 'indexInOtherCurrency', series, currency: value.currency })
  const assumed = provenance.kind === 'assumed' || (isLast && at > current.from)
  return ok({ numerator: value.micros, denominator: 1n, assumed })
}

function escalate(base: Fraction, price: Price, at: Instant, start: Instant): Fraction {
  if (!price.escalator) return base
  const years = BigInt(anniversariesBy(at, start))
  const factor = BigInt(WHOLE + price.escalator.perYear.value)
  return {
    numerator: base.numerator * factor ** years,
    denominator: base.denominator * BigInt(WHOLE) ** years,
    assumed: base.assumed,
  }
}

function bounded(fraction: Fraction, { floor, cap }: PriceIndex): Fraction {
  let { numerator, denominator } = fraction
  if (floor && numerator < floor.value.micros * denominator) {
    numerator = floor.value.micros
    denominator = 1n
  }
  if (cap && numerator > cap.value.micros * denominator) {
    numerator = cap.value.micros
    denominator = 1n
  }
  return { numerator, denominator, assumed: fraction.assumed }
}

const MICRO_MW_PER_MW = 1_000_000

/** How many of the price's units (hours, megawatts, sums) the whole line takes in how much of its time. */
function unitAt(price: Price, at: Instant, context: PriceContext): { quantity: bigint; per: bigint } {
  const accelerators = BigInt(Math.max(1, context.lineAccelerators))
  switch (price.kind) {
    case 'perAcceleratorHour':
      return { quantity: 1n, per: BigInt(HOUR_MS) }
    case 'perMwMonth': {
      const month = monthStart(at)
      const ms = BigInt(addMonths(month, 1) - month)
      const microMw = BigInt(Math.round(price.megawatts.value * MICRO_MW_PER_MW))
      return { quantity: microMw, per: ms * accelerators * BigInt(MICRO_MW_PER_MW) }
    }
    case 'fixed': {
      const { start, until } = intervalAt(context.term, price.every, at)
      return { quantity: 1n, per: BigInt(Math.max(1, until - start)) * accelerators }
    }
  }
}

/** How many anniversaries of the start have come by a moment; none before the start. */
function anniversariesBy(at: Instant, start: Instant): number {
  let years = Math.max(0, new Date(at).getUTCFullYear() - new Date(start).getUTCFullYear())
  if (years > 0 && addMonths(start, 12 * years) > at) years--
  return years
}

function changesWithin(price: Price, span: Span, context: PriceContext): Instant[] {
  const changes: Instant[] = []
  if (price.escalator) changes.push(...intervalStartsWithin(context.term, 'year', span))
  if (price.index) {
    for (const { series, from } of context.prices.points)
      if (series === price.index.name && from > span.start && from < span.until) changes.push(from)
  }
  if (price.kind === 'perMwMonth') {
    for (let at = addMonths(monthStart(span.start), 1); at < span.until; at = addMonths(at, 1))
      changes.push(at)
  }
  if (price.kind === 'fixed') changes.push(...intervalStartsWithin(context.term, price.every, span))
  return changes
}

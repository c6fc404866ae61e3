import type { Agreement } from '../../agreements/agreement.ts'
import type { Grant } from '../../agreements/grant.ts'
import { standingIntervals } from '../../agreements/minimum.ts'
import {
  type PriceBook,
  type PriceProblem,
  pricePerAcceleratorHour,
  ratesWithin,
} from '../../agreements/price.ts'
import { priceContextOf, resolveAgreement, type Slips } from '../../agreements/resolve.ts'
import { usableAgreements } from '../../agreements/standing.ts'
import { isOwedByItself } from '../../agreements/take-or-pay.ts'
import { currentTerm } from '../../agreements/term.ts'
import { groupBy } from '../../base/group.ts'
import { HOUR_MS, type Instant } from '../../base/instant.ts'
import { type Money, scale } from '../../base/money.ts'
import { WHOLE } from '../../base/quantity.ts'
import { failed, ok, type Result } from '../../base/result.ts'
import { cutSpan, durationMs, intersection, monthsOf, type Span } from '../../base/span.ts'
import type { FleetPool } from '../../capacity/fleet.ts'
import { poolOf } from '../../capacity/pool.ts'
import { acceleratorsIn } from '../../capacity/topology.ts'
import type { EgressPrice, PricedGrant, PriceFrom, Take, TakeInterval, Terms } from './terms.ts'

export interface TermsSource {
  readonly currency: string
  readonly agreements: readonly Agreement[]
  readonly slips: Slips
  readonly prices: PriceBook
  /** Machines that no agreement brings. */
  readonly pools: readonly FleetPool[]
  readonly egress?: readonly EgressPrice[]
  /** The stretch for which terms are wanted. */
  readonly span: Span
}

/** A price that could not be worked out, and whose it is. */
interface NoPrice {
  readonly code: 'priceUnknown'
  readonly agreementId: string
  readonly lineId: string
  readonly because: PriceProblem
}

/**
 * The terms that a portfolio's agreements come to. Use of a line that is owed by itself is counted month by month; use under a
 * commitment is counted towards it, interval by interval. An interval that began before the span counts with the part of
 * its sum that is left by time, as if what was used before had kept pace with it.
 */
export function termsOfAgreements(source: TermsSource): Result<Terms, NoPrice> {
  const grants: PricedGrant[] = source.pools.flatMap((pool, n) => listedGrant(pool, n, source.span))
  const takes: Take[] = []
  const problems: NoPrice[] = []
  for (const agreement of usableAgreements(source.agreements)) {
    const priced = pricedGrants(agreement, source)
    if (!priced.ok) problems.push(...priced.problems)
    else {
      const own = priced.value
      grants.push(...own.map(({ priced: grant }) => grant))
      takes.push(...takesOf(agreement, own, source.span))
    }
  }
  if (problems.length > 0) return failed(...problems)
  const known = new Set(takes.map(({ id }) => id))
  const { currency, egress } = source
  const counted = grants.map((grant) => countedTowards(grant, known))
  return ok({ currency, grants: counted, takes, ...(egress ? { egress } : {}) })
}

interface Priced {
  readonly grant: Grant
  readonly priced: PricedGrant
  /** Owed whether used or not, in parts per million. */
  readonly owedShare: number
}

function countedTowards({ takeId, ...grant }: PricedGrant, takes: ReadonlySet<string>): PricedGrant {
  return takeId !== undefined && takes.has(takeId) ? { ...grant, takeId } : grant
}

function listedGrant({ pool, groups, from, until }: FleetPool, n: number, span: Span): PricedGrant[] {
  const there = intersection({ start: from ?? span.start, until: until ?? span.until }, span)
  const accelerators = acceleratorsIn(groups)
  if (!there || accelerators === 0) return []
  const prices = [{ from: there.start, microsPerHour: 0 }]
  const id = `listed/${n + 1}`
  return [{ ...there, id, poolId: pool.id, order: 'listed', accelerators, paidAnyway: accelerators, prices }]
}

function pricedGrants(agreement: Agreement, { prices, slips, span }: TermsSource): Result<Priced[], NoPrice> {
  const all: Priced[] = []
  const problems: NoPrice[] = []
  for (const grant of resolveAgreement(agreement, slips)) {
    const there = intersection(grant.span, span)
    if (!there || grant.accelerators === 0) continue
    const listed = priceList(grant, there, prices)
    if (listed.ok) all.push(pricedGrant(agreement, grant, there, listed.value))
    else {
      const { agreementId, lineId } = grant
      problems.push(
        ...listed.problems.map((because) => ({
          code: 'priceUnknown' as const,
          agreementId,
          lineId,
          because,
        })),
      )
    }
  }
  return problems.length > 0 ? failed(...problems) : ok(all)
}

/** Each price to the whole micro-unit. */
function priceList(grant: Grant, span: Span, prices: PriceBook): Result<PriceFrom[], PriceProblem> {
  const context = priceContextOf(grant, prices)
  const pieces = ratesWithin(grant.price, span, context)
  if (!pieces.ok) return pieces
  const list: PriceFrom[] = []
  for (const { start } of pieces.value) {
    const price = pricePerAcceleratorHour(grant.price, start, context)
    if (!price.ok) return price
    list.push({ from: start, microsPerHour: Number(price.value.micros) })
  }
  return ok(list)
}

function pricedGrant(agreement: Agreement, grant: Grant, span: Span, prices: readonly PriceFrom[]): Priced {
  const { instrument } = agreement
  const owedShare = instrument === 'owned' ? WHOLE : grant.takeOrPay.value
  const isOwn = isOwedByItself(agreement, grant.lineId)
  const priced: PricedGrant = {
    ...span,
    id: grant.id,
    poolId: poolOf(grant).id,
    order: instrument === 'spot' || instrument === 'onDemand' ? instrument : 'committed',
    accelerators: grant.accelerators,
    paidAnyway: Math.ceil((grant.accelerators * owedShare) / WHOLE),
    prices,
    takeId: isOwn ? lineTakeId(grant) : agreement.id,
    ...(grant.losses ? { lossesPerNodeHour: grant.losses.perNodeDay / 24 } : {}),
  }
  return { grant, priced, owedShare }
}

function lineTakeId({ agreementId, lineId }: Grant): string {
  return `${agreementId}/${lineId}`
}

function takesOf(agreement: Agreement, priced: readonly Priced[], span: Span): Take[] {
  const own = priced.filter(
    ({ grant, owedShare }) => owedShare > 0 && isOwedByItself(agreement, grant.lineId),
  )
  const lines = [...groupBy(own, ({ grant }) => lineTakeId(grant))].map(
    ([id, ofLine]): Take => ({ id, carries: false, intervals: lineIntervals(agreement, ofLine, span) }),
  )
  const intervals = standingIntervals(agreement).flatMap((interval): TakeInterval[] => {
    const rest = intersection(interval, span)
    if (!rest) return []
    const left = { start: rest.start, until: interval.until }
    // What is owed for lines by themselves draws the commitment down in any case.
    const drawnAnyway = own.reduce((sum, each) => sum + owedWithin(each, left), 0n)
    const leftOf = (sum: Money): string => {
      const part = scale(sum, BigInt(durationMs(left)), BigInt(durationMs(interval))).micros - drawnAnyway
      return `${part > 0n ? part : 0n}`
    }
    return [{ ...left, owedMicros: leftOf(interval.owed), committedMicros: leftOf(interval.committed) }]
  })
  if (intervals.length === 0) return lines
  const carries = agreement.commitment?.carryForward === true
  return [...lines, { id: agreement.id, carries, intervals }]
}

/** Calendar months, cut where an interval of a commitment ends. */
function lineIntervals(agreement: Agreement, ofLine: readonly Priced[], span: Span): TakeInterval[] {
  const term = intersection(currentTerm(agreement), span)
  if (!term) return []
  const edges: Instant[] = standingIntervals(agreement).flatMap(({ start, until }) => [start, until])
  const months = monthsOf(term).flatMap((month) => cutSpan(month, edges))
  return months.map((month) => {
    const owed = `${ofLine.reduce((sum, each) => sum + owedWithin(each, month), 0n)}`
    return { ...month, owedMicros: owed, committedMicros: owed }
  })
}

/** The owed part of what a grant would cost if all of it were used, in micro-units, rounded up. */
function owedWithin({ priced, owedShare }: Priced, span: Span): bigint {
  const { accelerators, prices, until } = priced
  let sum = 0n
  for (const [n, { from, microsPerHour }] of prices.entries()) {
    const piece = { start: Math.max(from, priced.start) as Instant, until: prices[n + 1]?.from ?? until }
    const within = intersection(piece, span)
    if (within) sum += BigInt(accelerators) * BigInt(microsPerHour) * BigInt(durationMs(within))
  }
  const whole = BigInt(HOUR_MS) * BigInt(WHOLE)
  return (sum * BigInt(owedShare) + whole - 1n) / whole
}

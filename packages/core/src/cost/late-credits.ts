import type { Agreement, LateDeliveryRemedy } from '../agreements/agreement.ts'
import type { Grant } from '../agreements/grant.ts'
import { pricedUnits } from '../agreements/grant.ts'
import { costAt, type PriceProblem, rateAt, ratesWithin } from '../agreements/price.ts'
import { priceContextOf, promisedGrants, resolveAgreement } from '../agreements/resolve.ts'
import { isAssumed } from '../base/figure.ts'
import { groupBy } from '../base/group.ts'
import { DAY_MS, type Instant, later, WEEK_MS } from '../base/instant.ts'
import { type Money, money, nothing, smallerOf, subtract, toCents, total } from '../base/money.ts'
import { acceleratorMs, shareOf } from '../base/quantity.ts'
import { failed, ok, type Result } from '../base/result.ts'
import type { Span } from '../base/span.ts'
import { poolOf } from '../capacity/pool.ts'
import { type UnknownPrice, unknownPrices } from '../usage/supply.ts'
import { type Basis, type Charge, leastSure } from './charge.ts'
import { type ChargeContext, invoiceSpans, spanAt } from './charge-context.ts'

/** The credit for one started week of one tranche's lateness. */
interface WeekCredit {
  readonly at: Instant
  readonly lineId: string
  readonly poolId: string
  readonly amount: Money
  readonly basis: Basis
  readonly termsAssumed: boolean
}

/**
 * What the provider credits for late tranches, by line and invoice span: for each started week after the days of grace a share of
 * the tranche's price for a week at the price of that moment, and in all no more than the capped share of its price from
 * promise to delivery. A tranche that never comes is late until the term ends.
 */
export function lateCredits(agreement: Agreement, context: ChargeContext): Result<Charge[], UnknownPrice> {
  const remedy = agreement.lateDelivery
  if (!remedy) return ok([])
  const delivered = new Map(resolveAgreement(agreement, context.slips).map((grant) => [grant.id, grant]))
  const weeks: WeekCredit[] = []
  for (const promised of promisedGrants(agreement)) {
    const credits = weeksLate({ agreement, remedy, promised, came: delivered.get(promised.id) }, context)
    if (!credits.ok) return failed(...unknownPrices(promised, credits.problems))
    weeks.push(...credits.value)
  }
  return ok(asCharges(agreement, weeks, context))
}

interface Lateness {
  readonly agreement: Agreement
  readonly remedy: LateDeliveryRemedy
  readonly promised: Grant
  readonly came: Grant | undefined
}

function weeksLate(lateness: Lateness, context: ChargeContext): Result<WeekCredit[], PriceProblem> {
  const { agreement, remedy, promised, came } = lateness
  const late: Span = { start: promised.span.start, until: came?.span.start ?? promised.span.until }
  const creditFrom = later(late.start, remedy.graceDays * DAY_MS)
  if (creditFrom >= late.until) return ok([])
  const cap = capOf(lateness, late, context)
  if (!cap.ok) return cap
  let left = cap.value
  const isHandedOver = isDelivered(agreement, promised)
  const credits: WeekCredit[] = []
  for (let at = creditFrom; at < late.until && left?.micros !== 0n; at = later(at, WEEK_MS)) {
    const rate = rateAt(promised.price, at, priceContextOf(promised, context.prices))
    if (!rate.ok) return rate
    const week = acceleratorMs(pricedUnits(promised), WEEK_MS)
    const credit = shareOf(costAt(rate.value, week), remedy.creditPerWeek.value)
    const amount = left ? smallerOf(credit, left) : credit
    left &&= subtract(left, amount)
    credits.push({
      at,
      lineId: promised.lineId,
      poolId: poolOf(promised).id,
      amount,
      basis: isHandedOver ? 'agreed' : 'forecast',
      termsAssumed: rate.value.assumed || hasAssumedLateness(lateness),
    })
  }
  return ok(credits)
}

function capOf(
  { remedy, promised }: Lateness,
  late: Span,
  context: ChargeContext,
): Result<Money | undefined, PriceProblem> {
  if (!remedy.creditCap) return ok(undefined)
  const rates = ratesWithin(promised.price, late, priceContextOf(promised, context.prices))
  if (!rates.ok) return rates
  let micros = 0n
  for (const { start, until, rate } of rates.value)
    micros += costAt(rate, acceleratorMs(pricedUnits(promised), until - start)).micros
  const currency = promised.price.amount.value.currency
  return ok(shareOf(money(micros, currency), remedy.creditCap.value))
}

function isDelivered(agreement: Agreement, { id }: Grant): boolean {
  return agreement.lines.some((line) =>
    line.tranches.some(
      (tranche) => tranche.delivered !== undefined && id === `${agreement.id}/${line.id}/${tranche.id}`,
    ),
  )
}

function hasAssumedLateness({ remedy, promised, came }: Lateness): boolean {
  return (
    isAssumed(remedy.creditPerWeek) ||
    (remedy.creditCap !== undefined && isAssumed(remedy.creditCap)) ||
    promised.quantityAssumed ||
    promised.datesAssumed ||
    came?.datesAssumed === true
  )
}

function asCharges(agreement: Agreement, weeks: readonly WeekCredit[], context: ChargeContext): Charge[] {
  const spans = invoiceSpans(agreement, context, false)
  return [...groupBy(weeks, ({ lineId }) => lineId).values()].flatMap((ofLine) =>
    [...groupBy(ofLine, ({ at }) => spanAt(spans, at))].flatMap(([span, credits]): Charge[] => {
      const [first] = credits
      if (!span || !first) return []
      const zero = nothing(agreement.currency)
      const credit = toCents(
        total(
          credits.map((week) => week.amount),
          agreement.currency,
        ),
      )
      const amount = subtract(zero, credit)
      const basis = leastSure(credits.map((week) => week.basis))
      return [
        {
          ...span,
          agreementId: agreement.id,
          provider: agreement.provider,
          lineId: first.lineId,
          poolId: first.poolId,
          kind: 'lateCredit',
          amount,
          owedAnyway: basis === 'agreed' ? amount : zero,
          basis,
          termsAssumed: credits.some(({ termsAssumed }) => termsAssumed),
        },
      ]
    }),
  )
}

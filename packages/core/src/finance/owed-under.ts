import type { Agreement } from '../agreements/agreement.ts'
import { type Grant, pricedUnits } from '../agreements/grant.ts'
import { settleCommitment, standingIntervals } from '../agreements/minimum.ts'
import { costAt, type PriceBook, type Rate, ratesWithin } from '../agreements/price.ts'
import { NO_SLIPS, priceContextOf, resolveAgreement, type Slips } from '../agreements/resolve.ts'
import { isOwedByItself } from '../agreements/take-or-pay.ts'
import { isAssumed } from '../base/figure.ts'
import { type Money, money } from '../base/money.ts'
import { type AcceleratorMs, acceleratorMs, type Share, WHOLE } from '../base/quantity.ts'
import { failed, ok, type Result } from '../base/result.ts'
import { includes, monthsOf, type Span } from '../base/span.ts'
import { type UnknownPrice, unknownPrices } from '../usage/supply.ts'
import { cutAt, type Owed, spread } from './owed.ts'

/**
 * What is owed under an agreement whatever happens, over its whole term, by calendar month:
 * the take-or-pay part of its commitment, evenly within each interval, and the take-or-pay part of its lines at their prices.
 * A line of an agreement with a commitment draws the commitment down, so it is owed by itself only where it is a fixed sum or
 * states a share of its own, and the commitment is then owed only for what such lines leave of it in each interval.
 */
export function owedUnder(
  agreement: Agreement,
  prices: PriceBook,
  slips: Slips = NO_SLIPS,
): Result<Owed[], UnknownPrice> {
  const grants = resolveAgreement(agreement, slips).filter(
    (grant) => isOwedByItself(agreement, grant.lineId) && grant.takeOrPay.value > 0 && pricedUnits(grant) > 0,
  )
  const owedByLines: Owed[] = []
  const problems: UnknownPrice[] = []
  for (const grant of grants) {
    const owed = owedForGrant(grant, prices)
    if (owed.ok) owedByLines.push(...owed.value)
    else problems.push(...owed.problems)
  }
  if (problems.length > 0) return failed(...problems)
  const owed = [...owedByLines, ...owedByCommitment(agreement, owedByLines)]
  return ok(owed.sort((a, b) => a.start - b.start))
}

function owedForGrant(grant: Grant, prices: PriceBook): Result<Owed[], UnknownPrice> {
  const owed: Owed[] = []
  for (const month of monthsOf(grant.span)) {
    const rates = ratesWithin(grant.price, month, priceContextOf(grant, prices))
    if (!rates.ok) return failed(...unknownPrices(grant, rates.problems))
    for (const { start, until, rate } of rates.value) {
      owed.push({
        start,
        until,
        agreementId: grant.agreementId,
        provider: grant.provider,
        for: 'line',
        amount: takeOrPayCost(rate, acceleratorMs(pricedUnits(grant), until - start), grant.takeOrPay.value),
        amountAssumed:
          rate.assumed || grant.quantityAssumed || grant.datesAssumed || isAssumed(grant.takeOrPay),
        timingAssumed: grant.datesAssumed,
      })
    }
  }
  return ok(owed)
}

/** Rounded once: the share is part of the rate. */
function takeOrPayCost(rate: Rate, time: AcceleratorMs, share: Share): Money {
  const micros = rate.micros * BigInt(share)
  return costAt({ ...rate, micros, per: (rate.per * BigInt(WHOLE)) as AcceleratorMs }, time)
}

/** What the lines leave of each interval's sum; with carry forward, what they exceed it by counts towards the next one. */
function owedByCommitment(agreement: Agreement, byLines: readonly Owed[]): Owed[] {
  const { commitment, term } = agreement
  if (!commitment) return []
  const about = {
    agreementId: agreement.id,
    provider: agreement.provider,
    for: 'commitment',
    amountAssumed:
      isAssumed(commitment.total) ||
      isAssumed(commitment.takeOrPay) ||
      byLines.some(({ amountAssumed }) => amountAssumed),
    timingAssumed: [term.start, term.until, commitment.ramp].some((figure) => figure && isAssumed(figure)),
  } as const
  const taken = cutAt(
    byLines,
    standingIntervals(agreement).flatMap(({ start, until }) => [start, until]),
  )
  return settleCommitment(agreement, (interval) =>
    money(microsStartingWithin(taken, interval), agreement.currency),
  )
    .flatMap(({ start, until, missing }) =>
      spread({ ...about, start, until, amount: missing }, monthsOf({ start, until })),
    )
    .filter(({ amount }) => amount.micros > 0n)
}

function microsStartingWithin(owed: readonly Owed[], span: Span): bigint {
  return owed.reduce((sum, { start, amount }) => (includes(span, start) ? sum + amount.micros : sum), 0n)
}

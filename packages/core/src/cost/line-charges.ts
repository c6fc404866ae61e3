import type { Agreement } from '../agreements/agreement.ts'
import { pricedUnits } from '../agreements/grant.ts'
import { isOwedByItself } from '../agreements/take-or-pay.ts'
import { isAssumed } from '../base/figure.ts'
import { groupBy } from '../base/group.ts'
import { largerOf, nothing, subtract } from '../base/money.ts'
import { type AcceleratorMs, acceleratorMs, addTime, WHOLE } from '../base/quantity.ts'
import type { Span } from '../base/span.ts'
import { poolOf } from '../capacity/pool.ts'
import type { Served } from '../usage/merit-order.ts'
import { type Basis, type Charge, type ChargeKind, leastSure, totalCharged } from './charge.ts'
import { type ChargeContext, invoiceSpans, isWithin, settlementSpans, spanAt } from './charge-context.ts'
import { ExactAmount } from './exact-amount.ts'
import { markOwed } from './owed-anyway.ts'

/** What one line gave during one stretch: the invoice line in the making. */
interface LineStretch extends Span {
  readonly charge: Charge
  /** The price of all that was there, used or not. */
  readonly whole: ExactAmount
}

/**
 * The charges of one agreement's lines, by invoice line: its use at its prices or its fixed sums, and what is missing to the
 * take-or-pay share of lines that are owed by themselves. Zero ones are kept: they too say what a sum rests on.
 */
export function lineCharges(
  agreement: Agreement,
  served: readonly Served[],
  context: ChargeContext,
  basisOutside: ReadonlyMap<string, Basis>,
): Charge[] {
  const [forUse, forSums] = [invoiceSpans(agreement, context, true), invoiceSpans(agreement, context, false)]
  const byLine = groupBy(served, ({ supply }) => supply.grant.lineId)
  return [...byLine.values()].flatMap((ofLine) => {
    const bySpan = groupBy(ofLine, (part) =>
      spanAt(kindOf(agreement, part) === 'fixed' ? forSums : forUse, part.start),
    )
    const stretches = [...bySpan].flatMap(([span, parts]) =>
      span ? [lineStretch(agreement, span, parts, { context, basisOutside })] : [],
    )
    return settleLine(agreement, ofLine, stretches)
  })
}

interface Footings {
  readonly context: ChargeContext
  readonly basisOutside: ReadonlyMap<string, Basis>
}

/** A line without accelerators has nothing to meter: it is supposed to be used whole. */
function lineStretch(
  agreement: Agreement,
  span: Span,
  parts: readonly Served[],
  footings: Footings,
): LineStretch {
  const [first] = parts
  const { grant } = (first as Served).supply
  const kind = kindOf(agreement, first as Served)
  const inUse = new ExactAmount(agreement.currency)
  const whole = new ExactAmount(agreement.currency)
  let used = 0n as AcceleratorMs
  let time = 0n as AcceleratorMs
  for (const part of parts) {
    const there = pricedTime(part)
    inUse.add(part.rate, part.used)
    whole.add(part.rate, there)
    used = addTime(used, part.used)
    time = addTime(time, there)
  }
  const poolId = poolOf(grant).id
  const isMetered = kind !== 'fixed' && grant.accelerators > 0
  const amount = (isMetered ? inUse : whole).cents()
  const charge: Charge = {
    start: span.start,
    until: span.until,
    agreementId: agreement.id,
    provider: agreement.provider,
    lineId: grant.lineId,
    poolId,
    kind,
    time: isMetered ? used : time,
    ...(grant.accelerators > 0 ? { used } : {}),
    amount,
    owedAnyway: kind === 'fixed' ? amount : nothing(agreement.currency),
    basis: kind === 'fixed' ? 'agreed' : isMetered ? basisOf(span, poolId, footings) : 'assumed',
    termsAssumed: parts.some(hasAssumedTerms),
  }
  return { ...span, charge, whole }
}

function kindOf({ instrument }: Agreement, { supply }: Served): ChargeKind {
  if (supply.grant.price.kind === 'fixed') return 'fixed'
  return instrument === 'spot' || instrument === 'onDemand' ? instrument : 'use'
}

function pricedTime({ supply, start, until }: Served): AcceleratorMs {
  return acceleratorMs(pricedUnits(supply.grant), until - start)
}

function basisOf(span: Span, poolId: string, { context, basisOutside }: Footings): Basis {
  return isWithin(span, context.window) ? 'measured' : (basisOutside.get(poolId) ?? 'assumed')
}

function hasAssumedTerms({ supply, rate }: Served): boolean {
  return rate.assumed || supply.grant.quantityAssumed || supply.grant.datesAssumed
}

/**
 * The take-or-pay share of a line that is owed by itself is settled with each month's invoice, against what the line would cost
 * if all of it were used.
 */
function settleLine(
  agreement: Agreement,
  served: readonly Served[],
  stretches: readonly LineStretch[],
): Charge[] {
  const grant = served[0]?.supply.grant
  const isSettled = grant && isOwedByItself(agreement, grant.lineId) && grant.takeOrPay.value > 0
  if (!isSettled || stretches[0]?.charge.kind === 'fixed') return stretches.map(({ charge }) => charge)
  const spans = settlementSpans(agreement)
  return [...groupBy(stretches, ({ start }) => spanAt(spans, start))].flatMap(([span, parts]): Charge[] => {
    const charges = parts.map(({ charge }) => charge)
    const [first] = charges
    if (!span || !first) return charges
    const { currency } = agreement
    const whole = ExactAmount.sum(
      parts.map((part) => part.whole),
      currency,
    )
    const owed = whole.cents(BigInt(grant.takeOrPay.value), BigInt(WHOLE))
    const unused = largerOf(nothing(currency), subtract(owed, totalCharged(charges, currency)))
    const { time: _time, used: _used, ...about } = first
    return [
      ...markOwed(charges, owed),
      {
        ...about,
        ...span,
        kind: 'unused',
        amount: unused,
        owedAnyway: unused,
        basis: leastSure(charges.map(({ basis }) => basis)),
        termsAssumed: isAssumed(grant.takeOrPay) || charges.some(({ termsAssumed }) => termsAssumed),
      },
    ]
  })
}

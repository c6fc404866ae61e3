import type { Agreement } from '../agreements/agreement.ts'
import { type SettledInterval, settleCommitment } from '../agreements/minimum.ts'
import { isAssumed } from '../base/figure.ts'
import { add, type Money, nothing, toCents } from '../base/money.ts'
import { monthsOf, type Span } from '../base/span.ts'
import { type Basis, type Charge, type ChargeKind, leastSure } from './charge.ts'

/** One interval of a commitment, settled against the agreement's charges; what is missing in whole cents. */
export interface Settlement extends SettledInterval {
  readonly agreementId: string
  readonly basis: Basis
  readonly termsAssumed: boolean
}

/** Whether a charge of this kind draws a commitment down; credits do not give anything back to it. */
export function drawsDown(kind: ChargeKind): boolean {
  return kind !== 'trueUp' && kind !== 'lateCredit' && kind !== 'slaCredit'
}

/** The intervals of the agreement's commitment, each settled against the charges that begin within it. */
export function settlementsOf(agreement: Agreement, charges: readonly Charge[]): Settlement[] {
  const drawing = charges.filter(({ kind }) => drawsDown(kind)).sort((a, b) => a.start - b.start)
  const inInterval = takeInOrder(drawing)
  const parts: Charge[][] = []
  const settled = settleCommitment(agreement, (interval) => {
    const within = inInterval(interval)
    parts.push(within)
    return within.reduce((sum: Money, { amount }) => add(sum, amount), nothing(agreement.currency))
  })
  const isCommitmentAssumed = [
    agreement.commitment?.total,
    agreement.commitment?.takeOrPay,
    agreement.commitment?.ramp,
    agreement.term.start,
    agreement.term.until,
  ].some((figure) => figure !== undefined && isAssumed(figure))
  let before: Settlement | undefined
  return settled.map((interval, n) => {
    const within = parts[n] ?? []
    const carried = interval.carriedIn.micros > 0n && before ? [before] : []
    before = {
      ...interval,
      missing: toCents(interval.missing),
      agreementId: agreement.id,
      basis: leastSure([...within, ...carried].map(({ basis }) => basis)),
      termsAssumed: isCommitmentAssumed || [...within, ...carried].some(({ termsAssumed }) => termsAssumed),
    }
    return before
  })
}

/** What is missing at the end of each interval, as charges in the last month of each. */
export function trueUpCharges(agreement: Agreement, settlements: readonly Settlement[]): Charge[] {
  return settlements.flatMap((settlement): Charge[] => {
    const last = monthsOf(settlement).at(-1)
    if (!last || settlement.missing.micros === 0n) return []
    return [
      {
        ...last,
        agreementId: agreement.id,
        provider: agreement.provider,
        kind: 'trueUp',
        amount: settlement.missing,
        owedAnyway: settlement.missing,
        basis: settlement.basis,
        termsAssumed: settlement.termsAssumed,
      },
    ]
  })
}

/** Hands out sorted charges interval by interval; the intervals come in order. */
function takeInOrder(charges: readonly Charge[]): (interval: Span) => Charge[] {
  let next = 0
  return ({ until }) => {
    const taken: Charge[] = []
    for (; next < charges.length; next++) {
      const charge = charges[next] as Charge
      if (charge.start >= until) break
      taken.push(charge)
    }
    return taken
  }
}

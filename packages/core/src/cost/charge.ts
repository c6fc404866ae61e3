import { groupBy } from '../base/group.ts'
import { type Instant, monthStart } from '../base/instant.ts'
import { type Money, money, total } from '../base/money.ts'
import type { AcceleratorMs } from '../base/quantity.ts'
import type { Span } from '../base/span.ts'

/**
 * What a charge is for.
 * use, spot, onDemand: accelerator time used, under committed, spot and on-demand terms · fixed: a sum that is due whatever is
 * used · unused: the rest of a line's take-or-pay share in a month · trueUp: the rest of a commitment's owed part at the end of
 * an interval · lateCredit, slaCredit: what the provider gives back, below zero.
 */
export type ChargeKind =
  | 'use'
  | 'spot'
  | 'onDemand'
  | 'fixed'
  | 'unused'
  | 'trueUp'
  | 'lateCredit'
  | 'slaCredit'

/**
 * What a charge's size rests on beside the terms, the surest first.
 * agreed: nothing but the terms · measured: metered use · forecast: use at the utilisation that its pool was measured at, as demand rises and falls ·
 * assumed: use that nothing was measured for.
 */
export type Basis = 'agreed' | 'measured' | 'forecast' | 'assumed'

/** One line of an invoice. It lies within one calendar month (UTC), and its amount was rounded once, to the cent. */
export interface Charge extends Span {
  readonly agreementId: string
  readonly provider: string
  /** Absent where the charge is for the agreement as a whole. */
  readonly lineId?: string
  readonly poolId?: string
  readonly kind: ChargeKind
  /** The accelerator time that it pays for. */
  readonly time?: AcceleratorMs
  /** The accelerator time that was used; absent where the line has no accelerators or the charge is not for their time. */
  readonly used?: AcceleratorMs
  readonly amount: Money
  /** Of the amount, what is owed whatever is used: it follows from the terms alone. */
  readonly owedAnyway: Money
  /** What the rest of the amount rests on. */
  readonly basis: Basis
  /** Whether a price, quantity, date or sum of the terms is itself assumed. */
  readonly termsAssumed: boolean
}

/** The first moment of the month in which a charge is invoiced. */
export function monthOf(charge: Charge): Instant {
  return monthStart(charge.start)
}

/** The charges that end within the span, its own end included: a true-up belongs where its interval ends. */
export function chargesWithin(charges: readonly Charge[], span: Span): Charge[] {
  return charges.filter(({ until }) => span.start < until && until <= span.until)
}

export function totalCharged(charges: readonly Charge[], currency: string): Money {
  return total(
    charges.map(({ amount }) => amount),
    currency,
  )
}

/** The charges added up by anything that they have, in the order of its first appearance. */
export function chargedBy<Key>(
  charges: readonly Charge[],
  currency: string,
  keyOf: (charge: Charge) => Key,
): Map<Key, Money> {
  const groups = groupBy(charges, keyOf)
  return new Map([...groups].map(([key, members]) => [key, totalCharged(members, currency)]))
}

/** How much money rests on what; charges and credits alike count with their size. */
export interface Footing {
  /** What is owed whatever is used is agreed; the rest of each charge is what it rests on. */
  readonly byBasis: Readonly<Record<Basis, Money>>
  /** Of all of it, what rests on assumed terms. */
  readonly onAssumedTerms: Money
  /** Of all of it, what rests on a forecast, an assumption of use or assumed terms. */
  readonly uncertain: Money
  readonly whole: Money
}

export function footingOf(charges: readonly Charge[], currency: string): Footing {
  const byBasis = { agreed: 0n, measured: 0n, forecast: 0n, assumed: 0n }
  let onAssumedTerms = 0n
  let uncertain = 0n
  let whole = 0n
  for (const { amount, owedAnyway, basis, termsAssumed } of charges) {
    const size = sizeOf(amount)
    const rest = size - sizeOf(owedAnyway)
    byBasis.agreed += size - rest
    byBasis[basis] += rest
    whole += size
    if (termsAssumed) onAssumedTerms += size
    if (termsAssumed) uncertain += size
    else if (basis === 'forecast' || basis === 'assumed') uncertain += rest
  }
  const sum = (micros: bigint): Money => money(micros, currency)
  return {
    byBasis: {
      agreed: sum(byBasis.agreed),
      measured: sum(byBasis.measured),
      forecast: sum(byBasis.forecast),
      assumed: sum(byBasis.assumed),
    },
    onAssumedTerms: sum(onAssumedTerms),
    uncertain: sum(uncertain),
    whole: sum(whole),
  }
}

function sizeOf({ micros }: Money): bigint {
  return micros < 0n ? -micros : micros
}

const SUREST_FIRST: readonly Basis[] = ['agreed', 'measured', 'forecast', 'assumed']

/** A sum is as sure as its least sure part; one of no parts is agreed. */
export function leastSure(bases: Iterable<Basis>): Basis {
  let least = 0
  for (const basis of bases) least = Math.max(least, SUREST_FIRST.indexOf(basis))
  return SUREST_FIRST[least] ?? 'assumed'
}

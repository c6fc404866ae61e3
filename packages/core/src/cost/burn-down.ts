import { groupBy } from '../base/group.ts'
import type { Instant } from '../base/instant.ts'
import { add, largerOf, type Money, nothing, subtract, total } from '../base/money.ts'
import { includes, type Span } from '../base/span.ts'
import { type Basis, type Charge, leastSure } from './charge.ts'
import { drawsDown, type Settlement } from './true-up.ts'

/** How one interval of a commitment is being used up, seen from one moment. */
export interface BurnDown extends Span {
  readonly agreementId: string
  readonly committed: Money
  /** The least that must be paid for the interval. */
  readonly owed: Money
  /** What earlier intervals leave to it. */
  readonly carriedIn: Money
  /** Bought by the moment, and what that rests on. */
  readonly consumed: Money
  readonly consumedBasis: Basis
  /** Of the commitment, what neither the use so far nor what was carried in has met. */
  readonly remaining: Money
  /** Bought by the interval's end if pools go on being used as they were measured. */
  readonly forecast: Money
  /** What would then have to be paid on top. */
  readonly trueUp: Money
  readonly basis: Basis
  readonly termsAssumed: boolean
  /** What of the commitment is left at the end of each invoiced stretch. */
  readonly course: readonly BurnDownPoint[]
}

export interface BurnDownPoint {
  readonly at: Instant
  readonly remaining: Money
  readonly basis: Basis
}

/** Every interval of every commitment as it looks at the moment; in the order of the settlements. */
export function burnDown(
  settlements: readonly Settlement[],
  charges: readonly Charge[],
  at: Instant,
): BurnDown[] {
  const drawing = groupBy(
    charges.filter(({ kind }) => drawsDown(kind)),
    ({ agreementId }) => agreementId,
  )
  return settlements.map((settlement) => {
    const own = (drawing.get(settlement.agreementId) ?? []).filter(({ start }) => includes(settlement, start))
    return burnDownOf(settlement, own, at)
  })
}

function burnDownOf(settlement: Settlement, own: readonly Charge[], at: Instant): BurnDown {
  const { start, until, agreementId, committed, owed, carriedIn, basis, termsAssumed } = settlement
  const { currency } = committed
  const past = own.filter((charge) => charge.until <= at)
  const consumed = total(
    past.map(({ amount }) => amount),
    currency,
  )
  return {
    start,
    until,
    agreementId,
    committed,
    owed,
    carriedIn,
    consumed,
    consumedBasis: leastSure(past.map((charge) => charge.basis)),
    remaining: leftOf(settlement, consumed),
    forecast: settlement.consumed,
    trueUp: settlement.missing,
    basis,
    termsAssumed,
    course: courseOf(settlement, own),
  }
}

function courseOf(settlement: Settlement, own: readonly Charge[]): BurnDownPoint[] {
  const { currency } = settlement.committed
  const byEnd = groupBy(own, ({ until }) => until)
  let consumed = nothing(currency)
  return [...byEnd]
    .sort(([a], [b]) => a - b)
    .map(([at, charges]) => {
      for (const { amount } of charges) consumed = add(consumed, amount)
      return {
        at,
        remaining: leftOf(settlement, consumed),
        basis: leastSure(charges.map(({ basis }) => basis)),
      }
    })
}

function leftOf({ committed, carriedIn }: Settlement, consumed: Money): Money {
  return largerOf(nothing(committed.currency), subtract(subtract(committed, carriedIn), consumed))
}

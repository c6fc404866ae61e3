import type { Agreement } from '../agreements/agreement.ts'
import { standingsOf, usableAgreements } from '../agreements/standing.ts'
import { compareText } from '../base/compare-text.ts'
import { groupBy } from '../base/group.ts'
import { failed, ok, type Result } from '../base/result.ts'
import { ZERO } from '../base/step-function.ts'
import type { UnknownPrice } from '../usage/supply.ts'
import type { Basis, Charge } from './charge.ts'
import type { ChargeContext } from './charge-context.ts'
import { expectUse } from './expected-use.ts'
import { lateCredits } from './late-credits.ts'
import { lineCharges } from './line-charges.ts'
import { markOwedByCommitment } from './owed-anyway.ts'
import { rampCharges } from './ramp-charges.ts'
import { type ServedPortfolio, servePortfolio } from './served-portfolio.ts'
import { slaCredits } from './sla-credits.ts'
import { type Settlement, settlementsOf, trueUpCharges } from './true-up.ts'

/** What a portfolio costs over the whole of every term; `chargesWithin` picks what falls into a horizon. */
export interface ChargedPortfolio extends ServedPortfolio {
  /** In order of time, agreement, line and kind; no empty ones. */
  readonly charges: readonly Charge[]
  /** How every interval of every commitment is met. */
  readonly settlements: readonly Settlement[]
}

/**
 * Charges of all agreements that count (binding and not counted elsewhere) or that are planned on. Within the window they follow
 * the metered use, outside of it the use that must be supposed; every charge says which.
 * Amounts are rounded once, to the cent, half to even, for each invoice line: one line of one agreement within one calendar month,
 * one interval of its commitment, and on one side of each edge of window and horizon. What is unused of a line, and true-ups,
 * are differences of such rounded sums.
 */
export function chargePortfolio(context: ChargeContext): Result<ChargedPortfolio, UnknownPrice> {
  const { metered, ramped, outOfUse } = sortOut(context.agreements)
  const expected = expectUse(context.capacity, context.used, context)
  const inUse = servePortfolio(metered, (poolId) => expected.get(poolId)?.used ?? ZERO, context)
  const idle = servePortfolio(outOfUse, () => ZERO, context)
  const credits: Charge[] = []
  const problems: UnknownPrice[] = [...problemsOf(inUse), ...problemsOf(idle)]
  for (const agreement of [...metered, ...ramped, ...outOfUse]) {
    const late = lateCredits(agreement, context)
    if (late.ok) credits.push(...late.value)
    else problems.push(...late.problems)
  }
  if (problems.length > 0 || !inUse.ok || !idle.ok) return failed(...problems)
  const served = [...inUse.value.served, ...idle.value.served]
  const basisOutside = new Map([...expected].map(([poolId, { basis }]): [string, Basis] => [poolId, basis]))
  const byAgreement = groupBy(served, ({ supply }) => supply.grant.agreementId)
  const charges = credits
  const settlements: Settlement[] = []
  for (const agreement of [...metered, ...ramped, ...outOfUse]) {
    const drawing = ramped.includes(agreement)
      ? rampCharges(agreement)
      : lineCharges(agreement, byAgreement.get(agreement.id) ?? [], context, basisOutside)
    const settled = settlementsOf(agreement, drawing)
    charges.push(
      ...markOwedByCommitment(drawing, settled),
      ...slaCredits(agreement, drawing, context),
      ...trueUpCharges(agreement, settled),
    )
    settlements.push(...settled)
  }
  return ok({
    charges: charges.filter(({ amount }) => amount.micros !== 0n).sort(inOrder),
    settlements,
    served,
    unserved: inUse.value.unserved,
  })
}

interface Sorted {
  /** Whose use is metered in our pools. */
  readonly metered: readonly Agreement[]
  /** Commitments whose use nobody meters: no line has accelerators and a price, or they are not ours to use. */
  readonly ramped: readonly Agreement[]
  /** Lines without a commitment that are not ours to use. */
  readonly outOfUse: readonly Agreement[]
}

function sortOut(agreements: readonly Agreement[]): Sorted {
  const standings = standingsOf(agreements)
  const usable = new Set(usableAgreements(agreements))
  const charged = agreements.filter(
    (agreement) => usable.has(agreement) || standings.get(agreement.id)?.kind === 'counted',
  )
  const isMetered = (agreement: Agreement) => usable.has(agreement) && hasPricedLine(agreement)
  const others = charged.filter((agreement) => !isMetered(agreement))
  return {
    metered: charged.filter(isMetered),
    ramped: others.filter(({ commitment }) => commitment !== undefined),
    outOfUse: others.filter(({ commitment }) => commitment === undefined),
  }
}

function hasPricedLine({ lines }: Agreement): boolean {
  return lines.some(({ price, tranches }) => tranches.length > 0 || price.kind !== 'perAcceleratorHour')
}

function problemsOf(result: Result<unknown, UnknownPrice>): readonly UnknownPrice[] {
  return result.ok ? [] : result.problems
}

function inOrder(a: Charge, b: Charge): number {
  return (
    a.start - b.start ||
    compareText(a.agreementId, b.agreementId) ||
    compareText(a.lineId ?? '', b.lineId ?? '') ||
    compareText(a.kind, b.kind)
  )
}

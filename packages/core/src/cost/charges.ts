import type { Agreement } from '../agreements/agreement.ts'
import { pricedUnits } from '../agreements/grant.ts'
import { resolveAgreement } from '../agreements/resolve.ts'
import { standingsOf, usableAgreements } from '../agreements/standing.ts'
import { groupBy } from '../base/group.ts'
import type { AcceleratorMs } from '../base/quantity.ts'
import { failed, ok, type Result } from '../base/result.ts'
import type { Span } from '../base/span.ts'
import { excess, fromChanges, type StepFunction, ZERO } from '../base/step-function.ts'
import { poolOf } from '../capacity/pool.ts'
import { type Served, type ServedPool, serveInMeritOrder } from '../usage/merit-order.ts'
import { type Supply, supplyOf, type UnknownPrice } from '../usage/supply.ts'
import type { Basis, Charge } from './charge.ts'
import { type ChargeContext, invoiceEdges } from './charge-context.ts'
import { type ExpectedUse, expectUse } from './expected-use.ts'
import { lateCredits } from './late-credits.ts'
import { lineCharges } from './line-charges.ts'
import { rampCharges } from './ramp-charges.ts'
import { slaCredits } from './sla-credits.ts'
import { type Settlement, settlementsOf, trueUpCharges } from './true-up.ts'

/** What a portfolio costs over the whole of every term; `chargesWithin` picks what falls into a horizon. */
export interface ChargedPortfolio {
  /** In order of time, agreement, line and kind; no empty ones. */
  readonly charges: readonly Charge[]
  /** How every interval of every commitment is met. */
  readonly settlements: readonly Settlement[]
  /** Which grants served the use of the pools, stretch by stretch. */
  readonly served: readonly Served[]
  /** Use that no grant or listed machine had accelerators for, by pool, where there is any: it is charged to nobody. */
  readonly unserved: ReadonlyMap<string, AcceleratorMs>
}

/**
 * Charges of all agreements that count (binding and not counted elsewhere) or that are planned on. Within the window they follow
 * the metered use, outside of it the use that must be supposed; every charge says which.
 * Amounts are rounded once, to the cent, half to even, for each invoice line: one line of one agreement within one calendar month,
 * one interval of its commitment, and on one side of each edge of window and horizon. What is unused of a line, and true-ups,
 * are differences of such rounded sums.
 */
export function chargePortfolio(context: ChargeContext): Result<ChargedPortfolio, UnknownPrice> {
  const agreements = chargedAgreements(context.agreements)
  const usable = new Set(usableAgreements(context.agreements))
  const supplies = new Map<Agreement, Supply[]>()
  const problems: UnknownPrice[] = []
  const credits: Charge[] = []
  for (const agreement of agreements) {
    const own = suppliesOf(agreement, context)
    if (own.ok) supplies.set(agreement, own.value)
    else problems.push(...own.problems)
    const late = lateCredits(agreement, context)
    if (late.ok) credits.push(...late.value)
    else problems.push(...late.problems)
  }
  if (problems.length > 0) return failed(...problems)
  const expected = expectUse(context.capacity, context.used, context.window)
  const inUse = serve(
    agreements.filter((agreement) => usable.has(agreement)),
    { supplies, context, useOf: (poolId) => expected.get(poolId)?.used ?? ZERO },
  )
  const outOfUse = serve(
    agreements.filter((agreement) => !usable.has(agreement) && !agreement.commitment),
    { supplies, context, useOf: () => ZERO },
  )
  const served = [...inUse.served, ...outOfUse.served]
  return ok({
    ...settle(agreements, served, credits, { context, expected }),
    served,
    unserved: inUse.unserved,
  })
}

function chargedAgreements(agreements: readonly Agreement[]): Agreement[] {
  const standings = standingsOf(agreements)
  const usable = new Set(usableAgreements(agreements))
  return agreements.filter(
    (agreement) => usable.has(agreement) || standings.get(agreement.id)?.kind === 'counted',
  )
}

/** The agreement's grants with their prices; grants that nothing is paid for are left out. */
function suppliesOf(agreement: Agreement, context: ChargeContext): Result<Supply[], UnknownPrice> {
  const supplies: Supply[] = []
  const problems: UnknownPrice[] = []
  for (const grant of resolveAgreement(agreement, context.slips)) {
    if (pricedUnits(grant) === 0) continue
    const supply = supplyOf(agreement, grant, context.prices)
    if (supply.ok) supplies.push(supply.value)
    else problems.push(...supply.problems)
  }
  return problems.length > 0 ? failed(...problems) : ok(supplies)
}

interface Serving {
  readonly supplies: ReadonlyMap<Agreement, readonly Supply[]>
  readonly context: ChargeContext
  readonly useOf: (poolId: string) => StepFunction
}

/** Serves the use of every pool by the grants that form it. */
function serve(
  agreements: readonly Agreement[],
  { supplies, context, useOf }: Serving,
): { served: Served[]; unserved: Map<string, AcceleratorMs> } {
  const edges = new Map(agreements.map((agreement) => [agreement.id, invoiceEdges(agreement, context)]))
  const all = agreements.flatMap((agreement) => supplies.get(agreement) ?? [])
  const served: Served[] = []
  const unserved = new Map<string, AcceleratorMs>()
  for (const [poolId, ofPool] of groupBy(all, ({ grant }) => poolOf(grant).id)) {
    const own = new Set(ofPool.map(({ grant }) => grant.agreementId))
    const pool: ServedPool = serveInMeritOrder({
      used: useOf(poolId),
      listed: listedIn(poolId, ofPool, context),
      supplies: ofPool,
      span: lifeOf(ofPool),
      cuts: [...own].flatMap((id) => edges.get(id) ?? []),
    })
    served.push(...pool.served)
    if (pool.unserved > 0n) unserved.set(poolId, pool.unserved)
  }
  return { served, unserved }
}

/** What the pool holds beyond its grants: machines that were listed outright. */
function listedIn(poolId: string, supplies: readonly Supply[], { capacity }: ChargeContext): StepFunction {
  const timeline = capacity.find(({ pool }) => pool.id === poolId)
  if (!timeline) return ZERO
  const granted = fromChanges(
    supplies.flatMap(({ grant: { span, accelerators } }) => [
      { at: span.start, by: accelerators },
      { at: span.until, by: -accelerators },
    ]),
  )
  return excess(timeline.delivered, granted)
}

function lifeOf(supplies: readonly Supply[]): Span {
  const [first, ...others] = supplies.map(({ grant }) => grant.span)
  let { start, until } = first as Span
  for (const span of others) {
    if (span.start < start) start = span.start
    if (span.until > until) until = span.until
  }
  return { start, until }
}

interface Settling {
  readonly context: ChargeContext
  readonly expected: ReadonlyMap<string, ExpectedUse>
}

/**
 * A commitment whose use cannot be metered, because nothing of it has a price and accelerators or because they are not ours to
 * use, is consumed by its ramp. A line without a commitment that is not ours to use is not used.
 */
function settle(
  agreements: readonly Agreement[],
  served: readonly Served[],
  lateCredits: readonly Charge[],
  { context, expected }: Settling,
): { charges: Charge[]; settlements: Settlement[] } {
  const basisOutside = new Map([...expected].map(([poolId, { basis }]): [string, Basis] => [poolId, basis]))
  const byAgreement = groupBy(served, ({ supply }) => supply.grant.agreementId)
  const charges = [...lateCredits]
  const settlements: Settlement[] = []
  for (const agreement of agreements) {
    const own = byAgreement.get(agreement.id) ?? []
    const lines = lineCharges(agreement, own, context, basisOutside)
    const drawn = own.length > 0 ? lines : rampCharges(agreement)
    const settled = settlementsOf(agreement, drawn)
    charges.push(...drawn, ...slaCredits(agreement, drawn, context), ...trueUpCharges(agreement, settled))
    settlements.push(...settled)
  }
  return { charges: charges.filter(({ amount }) => amount.micros !== 0n).sort(inOrder), settlements }
}

function inOrder(a: Charge, b: Charge): number {
  return (
    a.start - b.start ||
    compareText(a.agreementId, b.agreementId) ||
    compareText(a.lineId ?? '', b.lineId ?? '') ||
    compareText(a.kind, b.kind)
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

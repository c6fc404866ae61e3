import type { Agreement } from '../agreements/agreement.ts'
import { pricedUnits } from '../agreements/grant.ts'
import { resolveAgreement } from '../agreements/resolve.ts'
import { groupBy } from '../base/group.ts'
import type { AcceleratorMs } from '../base/quantity.ts'
import { failed, ok, type Result } from '../base/result.ts'
import type { Span } from '../base/span.ts'
import { excess, fromChanges, type StepFunction, ZERO } from '../base/step-function.ts'
import { poolOf } from '../capacity/pool.ts'
import { type Served, serveInMeritOrder } from '../usage/merit-order.ts'
import { type Supply, supplyOf, type UnknownPrice } from '../usage/supply.ts'
import { type ChargeContext, invoiceEdges } from './charge-context.ts'

/** Which grants served the use of all pools. */
export interface ServedPortfolio {
  readonly served: readonly Served[]
  /** Use that no grant or listed machine had accelerators for, by pool, where there is any. */
  readonly unserved: ReadonlyMap<string, AcceleratorMs>
}

/** Serves the use of every pool, as `useOf` tells it, by the grants that the agreements bring it. */
export function servePortfolio(
  agreements: readonly Agreement[],
  useOf: (poolId: string) => StepFunction,
  context: ChargeContext,
): Result<ServedPortfolio, UnknownPrice> {
  const supplies: Supply[] = []
  const problems: UnknownPrice[] = []
  for (const agreement of agreements) {
    const own = suppliesOf(agreement, context)
    if (own.ok) supplies.push(...own.value)
    else problems.push(...own.problems)
  }
  if (problems.length > 0) return failed(...problems)
  const edges = new Map(agreements.map((agreement) => [agreement.id, invoiceEdges(agreement, context)]))
  const served: Served[] = []
  const unserved = new Map<string, AcceleratorMs>()
  for (const [poolId, ofPool] of groupBy(supplies, ({ grant }) => poolOf(grant).id)) {
    const owners = new Set(ofPool.map(({ grant }) => grant.agreementId))
    const pool = serveInMeritOrder({
      used: useOf(poolId),
      listed: listedIn(poolId, ofPool, context),
      supplies: ofPool,
      span: lifeOf(ofPool),
      cuts: [...owners].flatMap((id) => edges.get(id) ?? []),
    })
    for (const each of pool.served) served.push(each)
    if (pool.unserved > 0n) unserved.set(poolId, pool.unserved)
  }
  return ok({ served, unserved })
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

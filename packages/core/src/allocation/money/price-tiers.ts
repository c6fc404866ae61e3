import type { Instant } from '../../base/instant.ts'
import { includes } from '../../base/span.ts'
import type { GrantOrder, PricedGrant } from './terms.ts'

/** So many accelerators of one grant, in the order in which a pool's use takes them. */
export interface Tier {
  readonly grant: PricedGrant
  readonly width: number
  readonly microsPerHour: number
}

const ORDER: readonly GrantOrder[] = ['listed', 'committed', 'spot', 'onDemand']

/**
 * What a pool's use is served by at a moment: first machines that were listed, then what is paid for anyway, then the
 * cheapest further committed accelerators, then spot and at last on-demand capacity; equal ones in the order of their ids.
 */
export function tiersAt(grants: readonly PricedGrant[], at: Instant): Tier[] {
  const active = grants
    .filter((grant) => includes(grant, at))
    .map((grant) => ({ grant, microsPerHour: priceAt(grant, at) }))
    .sort(
      (a, b) =>
        ORDER.indexOf(a.grant.order) - ORDER.indexOf(b.grant.order) ||
        a.microsPerHour - b.microsPerHour ||
        (a.grant.id < b.grant.id ? -1 : 1),
    )
  const listed = active.filter(({ grant }) => grant.order === 'listed')
  const priced = active.filter(({ grant }) => grant.order !== 'listed')
  return [
    ...listed.map((each) => ({ ...each, width: each.grant.accelerators })),
    ...priced.map((each) => ({ ...each, width: each.grant.paidAnyway })),
    ...priced.map((each) => ({ ...each, width: each.grant.accelerators - each.grant.paidAnyway })),
  ].filter(({ width }) => width > 0)
}

function priceAt({ prices }: PricedGrant, at: Instant): number {
  let price = 0
  for (const { from, microsPerHour } of prices) {
    if (from > at) break
    price = microsPerHour
  }
  return price
}

/** All moments at which tiers or takes change by themselves, in order. */
export function edgesOf(
  grants: readonly PricedGrant[],
  spans: Iterable<{ readonly start: Instant; readonly until: Instant }>,
): Instant[] {
  const edges = new Set<Instant>()
  for (const { start, until, prices } of grants) {
    edges.add(start).add(until)
    for (const { from } of prices) edges.add(from)
  }
  for (const { start, until } of spans) edges.add(start).add(until)
  return [...edges].sort((a, b) => a - b)
}

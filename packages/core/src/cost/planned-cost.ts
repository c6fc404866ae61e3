import type { Slips } from '../agreements/resolve.ts'
import { groupBy } from '../base/group.ts'
import type { Money } from '../base/money.ts'
import { ok, type Result } from '../base/result.ts'
import { type CapacitySources, capacityOf } from '../capacity/timeline.ts'
import type { UnknownPrice } from '../usage/supply.ts'
import { type ChargeKind, chargesWithin, totalCharged } from './charge.ts'
import type { ChargeContext } from './charge-context.ts'
import { chargePortfolio } from './charges.ts'

/** What a portfolio is planned by: what brings capacity, who asks for it, and its prices. */
export type Planned = Omit<CapacitySources, 'slips'> &
  Pick<ChargeContext, 'prices' | 'workloads' | 'services' | 'hardware'> & { readonly currency: string }

/** What all agreements charge within the horizon if pools are used as demand says, by kind. */
export interface PlannedCost {
  readonly total: Money
  readonly byKind: ReadonlyMap<ChargeKind, Money>
}

/** The cost of a delay is the difference between this with its slips and without. */
export function plannedCost(planned: Planned, slips: Slips): Result<PlannedCost, UnknownPrice> {
  const { horizon, currency } = planned
  const charged = chargePortfolio({
    ...planned,
    slips,
    capacity: capacityOf({ ...planned, slips }),
    // Nothing of it was metered: all use is supposed, before the delay and after it alike.
    window: { start: horizon.start, until: horizon.start },
    used: new Map(),
    idle: [],
  })
  if (!charged.ok) return charged
  const charges = chargesWithin(charged.value.charges, horizon)
  const kinds = groupBy(charges, ({ kind }) => kind)
  return ok({
    total: totalCharged(charges, currency),
    byKind: new Map([...kinds].map(([kind, some]) => [kind, totalCharged(some, currency)])),
  })
}

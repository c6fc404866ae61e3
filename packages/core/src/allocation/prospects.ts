import type { Gang } from '../demand/gang.ts'
import { Accounts } from './accounts.ts'
import type { AllocationState } from './allocation-state.ts'
import { couldHold } from './could-hold.ts'
import { acceleratorsInAnchor, chargedInAnchor, type Shape } from './shape.ts'

/** Why a gang would wait for ever, as pools and quotas stand. */
export type Hopeless =
  /** No pool has the hardware that this role accepts. */
  | { readonly kind: 'noHardware'; readonly role: number }
  /** No pool could hold it, even if nothing ran there; the largest has so many accelerators. */
  | { readonly kind: 'neverFits'; readonly largest: number }
  /** Its tenant may never hold so much of any pool that could: the most is this, borrowed ones included. */
  | { readonly kind: 'beyondQuota'; readonly most: number }

/** Tells which gangs could never start, as pools and quotas stand. */
export class Prospects {
  /** Tenants who hold nothing, as they were named last. */
  #empty = new Accounts()
  #tenants: AllocationState['tenants'] = []

  /** Nothing where the gang could start some day. */
  whyHopeless(state: AllocationState, gang: Gang): Hopeless | undefined {
    const { pools } = state
    const shape = state.shapes.of(gang.roles, pools)
    const role = shape.pools.findIndex((numbers) => numbers.length === 0)
    if (role >= 0) return { kind: 'noHardware', role }
    const anchors = shape.anchors.flatMap((number) => pools[number] ?? [])
    const holding = anchors.filter((pool) => couldHold(shape, pool, pools))
    if (holding.length > 0) return this.#beyondQuota(state, gang.tenant, shape, holding)
    return { kind: 'neverFits', largest: Math.max(0, ...anchors.map(({ free }) => free.capacity)) }
  }

  #beyondQuota(
    { accounts, tenants }: AllocationState,
    tenant: string,
    shape: Shape,
    holding: AllocationState['pools'],
  ): Hopeless | undefined {
    if (!accounts.hasQuotas) return undefined
    if (this.#tenants !== tenants) {
      this.#empty = new Accounts()
      this.#empty.set(tenants)
      this.#tenants = tenants
    }
    const mayHold = (pool: string, accelerators: number): boolean =>
      this.#empty.borrowedAfter(tenant, pool, accelerators) === 0 ||
      this.#empty.mayBorrow(tenant, pool, accelerators)
    if (holding.some(({ pool, number }) => mayHold(pool.id, chargedInAnchor(shape, number)))) return undefined
    const most = holding.map(({ pool, number }) =>
      largestBelow(acceleratorsInAnchor(shape, number), (count) => mayHold(pool.id, count)),
    )
    return { kind: 'beyondQuota', most: Math.max(...most) }
  }
}

/** The largest count below the one that is too many. */
function largestBelow(tooMany: number, isAllowed: (count: number) => boolean): number {
  let [allowed, refused] = [0, Math.ceil(tooMany)]
  while (refused - allowed > 1) {
    const middle = (allowed + refused) >> 1
    if (isAllowed(middle)) allowed = middle
    else refused = middle
  }
  return allowed
}

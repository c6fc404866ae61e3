import { listTenants, setQuota } from '@offtake/contract/api/tenant-routes'
import { formatCount } from '@offtake/contract/text/format-number'
import type { AllocationState } from '@offtake/core/allocation/allocation-state'
import { ownedOf } from '../portfolio/tenant-view.ts'
import type { Finder, Found } from './finder.ts'

/** Tenants that hold more than they may borrow, because quotas or limits were changed under them; and quotas that no machine stands behind. */
export const QUOTAS: Finder = {
  shown: listTenants,
  settled: setQuota,
  find: ({ state }) => [...exceeded(state), ...beyondCapacity(state)],
}

function exceeded({ tenants, pools, accounts }: AllocationState): Found[] {
  return tenants
    .filter(({ borrowLimit }) => borrowLimit !== undefined)
    .flatMap(({ id }) => {
      const pool = pools.find((one) => !accounts.mayBorrow(id, one.pool.id, 0))?.pool.id
      if (pool === undefined) return []
      return [
        {
          id: `quotaExceeded/${id}`,
          kind: 'quotaExceeded',
          severity: 'soon',
          text: `${id} holds more of ${pool} than its own and all that it may borrow`,
          subject: { tenant: id, pool },
        } as const,
      ]
    })
}

/** Of pools that are there; a quota may be given before the first machine comes. */
function beyondCapacity(state: AllocationState): Found[] {
  return state.pools.flatMap(({ pool, free }) => {
    const owned = ownedOf(state, pool.id)
    if (owned <= free.capacity) return []
    return [
      {
        id: `quotaBeyondCapacity/${pool.id}`,
        kind: 'quotaBeyondCapacity',
        severity: 'notice',
        text: `tenants own ${formatCount(owned)} accelerators of ${pool.id} by quota, and ${formatCount(free.capacity)} are there`,
        subject: { pool: pool.id, provider: pool.provider },
      } as const,
    ]
  })
}

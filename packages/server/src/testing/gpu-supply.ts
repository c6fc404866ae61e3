import { instant } from '@offtake/core/base/instant'
import { poolOf } from '@offtake/core/capacity/pool'
import type { Tenant } from '@offtake/core/demand/tenant'
import type { Due } from '../supply.ts'

/** The simulated pool of servers of tests. */
export const GPU_POOL = poolOf({ provider: 'own', region: 'here', hardware: 'gpu', fabric: 'default' })

interface GpuFleet {
  readonly domains: number
  readonly nodesPerDomain?: number
  readonly tenants?: readonly Tenant[]
}

/** Opens the pool with nodes of eight accelerators, for whoever asks where no tenants are given. */
export function gpuSupply({ domains, nodesPerDomain = 1, tenants }: GpuFleet): Due[] {
  const nodes = [{ domains, nodesPerDomain, acceleratorsPerNode: 8, domainsPerBlock: domains }]
  const at = instant(0)
  return [
    { at, key: 'pool', command: { kind: 'openPool', pool: GPU_POOL } },
    { at, key: 'nodes', command: { kind: 'addNodes', poolId: GPU_POOL.id, nodes } },
    ...(tenants
      ? [{ at, key: 'tenants', command: { kind: 'setTenants' as const, tenants, noticeMs: 0 } }]
      : []),
  ]
}

import type { FleetPool } from '@offtake/core/capacity/fleet'
import { poolOf } from '@offtake/core/capacity/pool'
import type { NodeGroup } from '@offtake/core/capacity/topology'

/** A pool of equal nodes, each a domain of its own unless more is said. */
export function machines(
  hardware: string,
  nodes: number,
  acceleratorsPerNode: number,
  more: Partial<NodeGroup> & { readonly cpuCores?: number } = {},
): FleetPool {
  const { cpuCores = 0, ...shape } = more
  const group = { domains: nodes, nodesPerDomain: 1, acceleratorsPerNode, domainsPerBlock: 32, ...shape }
  return {
    pool: poolOf({ provider: 'own', region: 'here', hardware, fabric: 'default' }),
    groups: [group],
    cpuCores,
  }
}

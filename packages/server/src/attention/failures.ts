import { partName } from '@offtake/contract/api/pool'
import { listOutages, listPools, returnPart } from '@offtake/contract/api/pool-routes'
import { formatCount } from '@offtake/contract/text/format-number'
import type { Outage } from '@offtake/core/allocation/failures/outage'
import { FAILED, KEPT_OUT } from '@offtake/core/allocation/node-condition'
import type { PoolState } from '@offtake/core/allocation/pool-state'
import type { Finder, Found } from './finder.ts'

/** Parts of the fleet that are out of service together. */
export const OUTAGES: Finder = {
  shown: listOutages,
  settled: returnPart,
  find: ({ state }) => [...state.outages].filter(({ by }) => by === undefined).map(outageFound),
}

function outageFound({ id, of }: Outage): Found {
  return {
    id: `outage/${id}`,
    kind: 'outage',
    severity: 'urgent',
    text: `${partName(of)} is out of service`,
    subject: {
      outage: id,
      ...(of.kind === 'provider' ? { provider: of.provider } : { pool: of.poolId }),
      ...(of.kind === 'domain' ? { domain: of.domain } : {}),
      ...(of.kind === 'nodes' ? { node: of.firstNode } : {}),
    },
  }
}

/** Nodes that failed by themselves, pool by pool. */
export const FAILED_NODES: Finder = {
  shown: listPools,
  settled: returnPart,
  find: ({ state }) => state.pools.flatMap(failedIn),
}

function failedIn({ pool, free }: PoolState): Found[] {
  let [first, count] = [-1, 0]
  for (let node = 0; node < free.nodes; node++) {
    if (free.isOnline(node) || !free.isOut(node, FAILED | KEPT_OUT) || free.isRetired(node)) continue
    if (first < 0) first = node
    count += 1
  }
  if (count === 0) return []
  const nodes = count === 1 ? `node ${first} has` : `${formatCount(count)} nodes have`
  return [
    {
      id: `nodesFailed/${pool.id}`,
      kind: 'nodesFailed',
      severity: 'soon',
      text: `${nodes} failed in ${pool.id}`,
      subject: { pool: pool.id, provider: pool.provider, node: first, domain: free.domainOf(first) },
      count,
    },
  ]
}

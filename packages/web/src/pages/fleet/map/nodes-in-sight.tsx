import type { NodeView } from '@offtake/contract/api/pool'
import { listNodes } from '@offtake/contract/api/pool-routes'
import { useQueries } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { reading } from '../../../api/call.ts'
import type { FleetMap } from './fleet-map.ts'
import type { FleetModel } from './fleet-model.ts'

/** Blocks whose nodes are read at once. */
const MOST_BLOCKS = 16

/** Reads the nodes of what is seen from near by, and hands them to the map. */
export function NodesInSight({
  map,
  model,
  drawn,
}: {
  readonly map: FleetMap
  readonly model: FleetModel
  readonly drawn: number
}) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is in sight changes with what was drawn
  const blocks = useMemo(() => map.blocksInSight(MOST_BLOCKS), [map, drawn])
  const nodes = useQueries({
    queries: blocks.map(({ pool, block }) =>
      reading(listNodes, { params: { pool }, query: { block, limit: 500 } }),
    ),
    combine: (answers) => answers.map(({ data }) => data),
  })
  useEffect(() => {
    for (const [n, { pool }] of blocks.entries()) {
      const offset = model.state.poolOf(pool)?.offset
      const items = nodes[n]?.items
      if (offset === undefined || !items) continue
      map.knowNodes([...byDomain(items)].map(([domain, some]) => [offset + domain, some]))
    }
  }, [map, model, blocks, nodes])
  return null
}

function byDomain(nodes: readonly NodeView[]): Map<number, NodeView[]> {
  const domains = new Map<number, NodeView[]>()
  for (const node of nodes) {
    const some = domains.get(node.domain)
    if (some) some.push(node)
    else domains.set(node.domain, [node])
  }
  return domains
}

import type { FleetPool } from '@offtake/core/capacity/fleet'
import { type TopologyProblem, topologiesOf } from '@offtake/core/capacity/listed-topology'
import { poolOf } from '@offtake/core/capacity/pool'
import { z } from 'zod'
import { accelerators } from './accelerators.ts'
import { date } from './date.ts'
import { identifier, poolPart } from './identifier.ts'
import { acceleratorsPerNode, domainsPerBlock, nodesPerDomain } from './node-counts.ts'
import { cpuCores, memoryMiB } from './node-parts.ts'
import { count } from './number.ts'
import { plainFigure } from './plain-figure.ts'

const group = z.strictObject({
  domains: plainFigure(count({ from: 1, to: 10_000_000 })),
  nodesPerDomain: nodesPerDomain.default(1),
  acceleratorsPerNode,
  domainsPerBlock: domainsPerBlock.default(1),
  cpuCoresPerNode: cpuCores
    .exactOptional()
    .describe('cores of each node; members have as many as they need where absent'),
  memoryMiBPerNode: memoryMiB
    .exactOptional()
    .describe('memory of each node; members have as much as they need where absent'),
})

const listedNode = z.strictObject({
  site: identifier,
  block: identifier,
  domain: identifier,
  node: identifier,
  accelerators,
  cpuCores: cpuCores.exactOptional().describe('cores of the node'),
  memoryMiB: memoryMiB.exactOptional().describe('memory of the node'),
})

/** Machines of one pool, as equal groups or as a list of nodes. */
export const fleetPool = z
  .strictObject({
    provider: poolPart,
    region: poolPart.default('anywhere'),
    hardware: poolPart,
    fabric: poolPart.default('default'),
    nodes: z.array(group).exactOptional().describe('equal domains of equal nodes'),
    topology: z.array(listedNode).exactOptional().describe('every node with its place'),
    cpuCores: plainFigure(count()).default(0).describe('CPU cores: counted, not listed'),
    from: date.exactOptional().describe('when it is there; from the beginning by default'),
    until: date.exactOptional().describe('when it is gone; never by default'),
  })
  .transform((said, context): FleetPool => {
    const { provider, region, hardware, fabric, nodes, topology, ...rest } = said
    const listed = topologiesOf(topology ?? [])
    const issues = nodes !== undefined && topology !== undefined ? [BOTH] : []
    if (!listed.ok) issues.push(...listed.problems.map(topologyIssue))
    for (const issue of issues) context.issues.push({ code: 'custom', input: said, ...issue })
    if (issues.length > 0 || !listed.ok) return z.NEVER
    return {
      ...rest,
      pool: poolOf({ provider, region, hardware, fabric }),
      groups: nodes ?? listed.value.flatMap(({ groups }) => groups),
    }
  })

const BOTH = {
  params: { code: 'badAlternative' },
  message: "machines are given as 'nodes' or as a 'topology': not as both",
  path: ['topology'] as PropertyKey[],
}

function topologyIssue(problem: TopologyProblem) {
  const path: PropertyKey[] = ['topology', problem.row]
  switch (problem.code) {
    case 'nodeListedTwice': {
      const message = `node '${problem.node}' is listed twice at its site`
      return { params: { code: 'duplicateId' }, message, path: [...path, 'node'] }
    }
    case 'nodeWithoutName':
      return { params: { code: 'badIdentifier' }, message: 'a node has a name', path: [...path, 'node'] }
    case 'acceleratorsNotWhole': {
      const message = `${problem.accelerators} accelerators: a number of accelerators is whole`
      return { params: { code: 'badAccelerators' }, message, path: [...path, 'accelerators'] }
    }
  }
}

import type { FleetPool, PoolShape } from '@offtake/core/capacity/fleet'
import { type TopologyProblem, topologiesOf } from '@offtake/core/capacity/listed-topology'
import { poolOf } from '@offtake/core/capacity/pool'
import { z } from 'zod'
import { accelerators } from './accelerators.ts'
import { date } from './date.ts'
import { hardware } from './hardware.ts'
import { identifier, poolPart, words } from './identifier.ts'
import { count } from './number.ts'
import { plainFigure } from './plain-figure.ts'
import type { Reading } from './reading.ts'

/** One file of `fleet/`. */
export function fleetFile(reading: Reading) {
  return z.strictObject({
    hardware: z.array(hardware(reading)).default([]),
    shapes: z.array(shape()).default([]),
    pools: z.array(fleetPool()).default([]),
  })
}

const SHAPE = {
  acceleratorsPerNode: () => plainFigure(count({ from: 1, to: 10_000 })),
  nodesPerDomain: () => plainFigure(count({ from: 1, to: 100_000 })),
  domainsPerBlock: () => plainFigure(count({ from: 1, to: 1_000_000 })),
} as const

function shape() {
  return z
    .strictObject({
      pool: words().exactOptional(),
      hardware: poolPart().exactOptional(),
      acceleratorsPerNode: SHAPE.acceleratorsPerNode().exactOptional(),
      nodesPerDomain: SHAPE.nodesPerDomain().exactOptional(),
      domainsPerBlock: SHAPE.domainsPerBlock().exactOptional(),
    })
    .transform((said, context): PoolShape => {
      if ((said.pool === undefined) !== (said.hardware === undefined)) return said
      context.issues.push({
        code: 'custom',
        input: said,
        params: { code: 'badAlternative' },
        message: "a shape is that of a 'pool' or of 'hardware': exactly one of them",
      })
      return z.NEVER
    })
}

function fleetPool() {
  return z
    .strictObject({
      provider: poolPart(),
      region: poolPart().default('anywhere'),
      hardware: poolPart(),
      fabric: poolPart().default('default'),
      nodes: z.array(group()).exactOptional(),
      topology: z.array(listedNode()).exactOptional(),
      cpuCores: plainFigure(count()).default(0),
      from: date().exactOptional(),
      until: date().exactOptional(),
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
}

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

function group() {
  return z.strictObject({
    domains: plainFigure(count({ from: 1, to: 10_000_000 })),
    nodesPerDomain: SHAPE.nodesPerDomain().default(1),
    acceleratorsPerNode: SHAPE.acceleratorsPerNode(),
    domainsPerBlock: SHAPE.domainsPerBlock().default(1),
  })
}

function listedNode() {
  return z.strictObject({
    site: identifier(),
    block: identifier(),
    domain: identifier(),
    node: identifier(),
    accelerators: accelerators(),
  })
}

import { resolveAgreement, type Slips } from '../agreements/resolve.ts'
import { usableAgreements } from '../agreements/standing.ts'
import { assert } from '../base/assert.ts'
import type { Instant } from '../base/instant.ts'
import { intersection, type Span } from '../base/span.ts'
import { shapeOfPool } from '../capacity/fleet.ts'
import { type Pool, poolOf } from '../capacity/pool.ts'
import { type NodeGroup, nodeGroupsOf, nodesIn } from '../capacity/topology.ts'
import type { Portfolio } from './portfolio.ts'
import type { TimedCommand } from './simulator.ts'

/** Machines that come to a pool together and leave it together. */
interface Delivery extends Span {
  readonly pool: Pool
  readonly groups: readonly NodeGroup[]
  readonly cpuCores: number
}

/**
 * The commands that bring a portfolio's machines to its pools within the window and take them away when their agreements end:
 * what is there at the window's start comes then, the rest as it is delivered.
 */
export function supplyCommands(portfolio: Portfolio, slips: Slips): TimedCommand[] {
  const { window } = portfolio
  const deliveries = deliveriesOf(portfolio, slips).flatMap((delivery) => {
    const part = intersection(delivery, window)
    return part ? [{ ...delivery, ...part }] : []
  })
  const pools = new Map(deliveries.map(({ pool }) => [pool.id, pool]))
  const opened = [...pools.values()]
    .sort(byId)
    .map((pool) => ({ at: window.start, command: { kind: 'openPool', pool } as const }))
  return [...opened, ...comeAndGo(deliveries, window.until)]
}

function deliveriesOf({ agreements, fleet, hardware, horizon }: Portfolio, slips: Slips): Delivery[] {
  const granted = usableAgreements(agreements)
    .flatMap((agreement) => resolveAgreement(agreement, slips))
    .filter(({ accelerators, cpuCores }) => accelerators > 0 || cpuCores > 0)
    .map((grant) => {
      const pool = poolOf(grant)
      const kind = hardware.find(({ id }) => id === grant.hardware)
      assert(kind, 'a checked portfolio names known hardware')
      const { domainsPerBlock, ...shape } = shapeOfPool(pool, kind.shape, fleet.shapes)
      return {
        ...grant.span,
        pool,
        groups: nodeGroupsOf(shape, grant.accelerators, domainsPerBlock),
        cpuCores: grant.cpuCores,
      }
    })
  const listed = fleet.pools.map(
    ({ pool, groups, cpuCores, from = horizon.start, until = horizon.until }) => ({
      start: from,
      until,
      pool,
      groups,
      cpuCores,
    }),
  )
  return [...granted, ...listed]
}

/** Nodes are numbered as they come, so a delivery's first node is the number of those that came to its pool before. */
function comeAndGo(deliveries: readonly Delivery[], end: Instant): TimedCommand[] {
  const nodes = new Map<string, number>()
  return [...deliveries]
    .sort((a, b) => a.start - b.start)
    .flatMap(({ start, until, pool, groups, cpuCores }): TimedCommand[] => {
      const firstNode = nodes.get(pool.id) ?? 0
      const count = nodesIn(groups)
      nodes.set(pool.id, firstNode + count)
      const comes: TimedCommand = {
        at: start,
        command: { kind: 'addNodes', poolId: pool.id, nodes: groups, cpuCores },
      }
      if (until >= end || (count === 0 && cpuCores === 0)) return [comes]
      const leaves = { kind: 'removeNodes', poolId: pool.id, firstNode, nodes: count, cpuCores } as const
      return [comes, { at: until, command: leaves }]
    })
}

function byId(a: Pool, b: Pool): number {
  return a.id < b.id ? -1 : 1
}

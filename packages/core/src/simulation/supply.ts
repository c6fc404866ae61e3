import type { SpotLoss } from '../agreements/agreement.ts'
import { resolveAgreement, type Slips } from '../agreements/resolve.ts'
import { usableAgreements } from '../agreements/standing.ts'
import { assert } from '../base/assert.ts'
import type { Instant } from '../base/instant.ts'
import { intersection, type Span } from '../base/span.ts'
import { shapeOfPool } from '../capacity/fleet.ts'
import { type Pool, poolOf } from '../capacity/pool.ts'
import { type StatedUpkeep, withUpkeep } from '../capacity/stated-upkeep.ts'
import { type NodeGroup, nodeGroupsOf, nodesIn } from '../capacity/topology.ts'
import type { Portfolio } from './portfolio.ts'
import type { TimedCommand } from './simulator.ts'

/** Machines that come to a pool together and leave it together. */
export interface Delivery extends Span {
  readonly pool: Pool
  readonly groups: readonly NodeGroup[]
  readonly cpuCores: number
  /** The grant, or the place in the list of the fleet, that brings them. */
  readonly source: string
  /** Nodes are numbered as they come, so this is the number of those that came to the pool before. */
  readonly firstNode: number
  /** How often its nodes are taken back: spot capacity's are. */
  readonly losses?: SpotLoss
}

/**
 * The machines that are there within a portfolio's window, in the order in which they come to it: what is there at its start
 * comes then, the rest as it is delivered; none stays beyond the window.
 */
export function deliveriesWithin(portfolio: Portfolio, slips: Slips): Delivery[] {
  const nodes = new Map<string, number>()
  return machinesOf(portfolio, slips)
    .flatMap((machines) => {
      const part = intersection(machines, portfolio.window)
      return part ? [{ ...machines, ...part }] : []
    })
    .sort((a, b) => a.start - b.start)
    .map((machines) => {
      const { id } = machines.pool
      const firstNode = nodes.get(id) ?? 0
      nodes.set(id, firstNode + nodesIn(machines.groups))
      return { ...machines, firstNode }
    })
}

/** The commands that bring the machines to their pools and take those away that leave before the window ends. */
export function supplyCommands(
  deliveries: readonly Delivery[],
  window: Span,
  upkeep: readonly StatedUpkeep[] = [],
): TimedCommand[] {
  const pools = new Map(deliveries.map(({ pool }) => [pool.id, pool]))
  const opened = [...pools.values()].sort(byId).map((pool) => ({
    at: window.start,
    command: { kind: 'openPool', pool: withUpkeep(pool, upkeep) } as const,
  }))
  return [...opened, ...deliveries.flatMap((delivery) => comeAndGo(delivery, window.until))]
}

function machinesOf(
  { agreements, fleet, hardware, horizon }: Portfolio,
  slips: Slips,
): Omit<Delivery, 'firstNode'>[] {
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
        source: grant.id,
        pool,
        groups: nodeGroupsOf(shape, grant.accelerators, domainsPerBlock),
        cpuCores: grant.cpuCores,
        ...(grant.losses ? { losses: grant.losses } : {}),
      }
    })
  const listed = fleet.pools.map(
    ({ pool, groups, cpuCores, from = horizon.start, until = horizon.until }, n) => ({
      start: from,
      until,
      source: `fleet/${n}`,
      pool,
      groups,
      cpuCores,
    }),
  )
  return [...granted, ...listed]
}

function comeAndGo(
  { start, until, pool, groups, cpuCores, firstNode }: Delivery,
  end: Instant,
): TimedCommand[] {
  const nodes = nodesIn(groups)
  const comes: TimedCommand = {
    at: start,
    command: { kind: 'addNodes', poolId: pool.id, nodes: groups, cpuCores },
  }
  if (until >= end || (nodes === 0 && cpuCores === 0)) return [comes]
  const leaves = { kind: 'removeNodes', poolId: pool.id, firstNode, nodes, cpuCores } as const
  return [comes, { at: until, command: leaves }]
}

function byId(a: Pool, b: Pool): number {
  return a.id < b.id ? -1 : 1
}

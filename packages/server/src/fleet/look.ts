import type { NodeStateName, NodeView, OutageView, PoolView } from '@offtake/contract/api/pool'
import type { AllocationState } from '@offtake/core/allocation/allocation-state'
import type { Outage } from '@offtake/core/allocation/failures/outage'
import {
  DRAINING,
  FAILED,
  KEPT_OUT,
  NOT_WORKING,
  OUTAGE,
  SPARE,
} from '@offtake/core/allocation/node-condition'
import type { PoolState } from '@offtake/core/allocation/pool-state'
import { isoOrNull } from '../http/iso.ts'
import { adapterOf } from './adapter-of.ts'

/** A pool as the allocator has it now. */
export function poolViewOf({ pool, free }: PoolState): PoolView {
  const accelerators = { total: 0, held: 0, free: 0, draining: 0, down: 0 }
  const domains = new Set<number>()
  let nodes = 0
  for (let node = 0; node < free.nodes; node++) {
    if (free.isRetired(node)) continue
    nodes += 1
    domains.add(free.domainOf(node))
    const capacity = free.capacityOf(node)
    accelerators.total += capacity
    accelerators.held += free.heldOn(node)
    if (free.isOnline(node)) accelerators.free += free.freeOf(node)
    else if (free.isOut(node, NOT_WORKING)) accelerators.down += capacity
    else if (free.isOut(node, DRAINING)) accelerators.draining += capacity
  }
  const { id, provider, region, hardware, fabric } = pool
  const { kind, isSimulated } = adapterOf(id)
  return {
    id,
    provider,
    region,
    hardware,
    fabric,
    adapter: kind,
    simulated: isSimulated,
    nodes,
    domains: domains.size,
    accelerators,
  }
}

/** Which nodes of a pool. */
interface NodeFilter {
  readonly state?: NodeStateName
  readonly domain?: number
  readonly block?: number
}

/** So many nodes from a number on that are there and as is asked, and where a next page begins. */
export function nodePage(
  pool: PoolState,
  from: number,
  limit: number,
  { state, domain, block }: NodeFilter,
): { readonly nodes: readonly NodeView[]; readonly next: number | undefined } {
  const { free } = pool
  const nodes: NodeView[] = []
  const within = domain === undefined ? nodesOfBlock(pool, block) : nodesOfDomain(pool, domain)
  for (let node = Math.max(from, within.first); node < within.until; node++) {
    if (block !== undefined && free.blockOf(free.domainOf(node)) !== block) continue
    if (free.isRetired(node) || (state !== undefined && stateOf(pool, node) !== state)) continue
    if (nodes.length === limit) return { nodes, next: node }
    nodes.push(nodeViewOf(pool, node))
  }
  return { nodes, next: undefined }
}

function nodesOfDomain(
  { free }: PoolState,
  domain: number,
): { readonly first: number; readonly until: number } {
  if (domain >= free.domains) return { first: 0, until: 0 }
  const first = free.firstNodeOf(domain)
  return { first, until: first + free.nodesOf(domain) }
}

/** Domains of a block follow one another; all nodes where none is named. */
function nodesOfBlock(
  { free }: PoolState,
  block: number | undefined,
): { readonly first: number; readonly until: number } {
  if (block === undefined) return { first: 0, until: free.nodes }
  let first = 0
  while (first < free.domains && free.blockOf(first) !== block) first += 1
  let until = first
  while (until < free.domains && free.blockOf(until) === block) until += 1
  if (first === until) return { first: 0, until: 0 }
  return {
    first: free.firstNodeOf(first),
    until: free.firstNodeOf(until - 1) + free.nodesOf(until - 1),
  }
}

function nodeViewOf(pool: PoolState, node: number): NodeView {
  const { free, holders, slow } = pool
  const domain = free.domainOf(node)
  const there = holders.on(node, node + 1).map(({ gang }) => gang)
  return {
    node,
    domain,
    block: free.blockOf(domain),
    state: stateOf(pool, node),
    accelerators: free.capacityOf(node),
    free: free.freeOf(node),
    speed: slow.get(node) ?? 1,
    jobs: there.map(({ id }) => id),
    tenants: [...new Set(there.map(({ tenant }) => tenant))],
  }
}

/** Several reasons may hold at once; the one that keeps it out longest is told. */
const REASONS: readonly (readonly [number, NodeStateName])[] = [
  [FAILED, 'failed'],
  [OUTAGE, 'out'],
  [KEPT_OUT, 'keptOut'],
  [DRAINING, 'draining'],
  [SPARE, 'spare'],
]

function stateOf({ free }: PoolState, node: number): NodeStateName {
  return REASONS.find(([reason]) => free.isOut(node, reason))?.[1] ?? 'up'
}

/** The outages that hold or are announced, by their ids. */
export function outagesOf({ outages }: AllocationState): OutageView[] {
  return [...outages].map(outageViewOf).sort((a, b) => (a.id < b.id ? -1 : 1))
}

export function outageViewOf({ id, of, by }: Outage): OutageView {
  return {
    id,
    state: by === undefined ? 'holds' : 'announced',
    pool: of.kind === 'provider' ? null : of.poolId,
    nodes: of.kind === 'nodes' ? { first: of.firstNode, count: of.nodes } : null,
    domain: of.kind === 'domain' ? of.domain : null,
    provider: of.kind === 'provider' ? of.provider : null,
    by: isoOrNull(by ?? null),
  }
}

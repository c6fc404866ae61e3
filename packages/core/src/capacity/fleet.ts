import type { Instant } from '../base/instant.ts'
import type { Pool } from './pool.ts'

/** What a portfolio says of its machines beyond its agreements. */
export interface Fleet {
  /** How the machines of a pool are built, where that is not the usual shape of their hardware. */
  readonly shapes: readonly PoolShape[]
  /** Pools that no agreement brings, listed outright. */
  readonly pools: readonly FleetPool[]
}

/** Overrides for one pool, or for all pools of one hardware. */
export interface PoolShape {
  readonly pool?: string
  readonly hardware?: string
  readonly acceleratorsPerNode?: number
  readonly nodesPerDomain?: number
  readonly domainsPerBlock?: number
}

/** A pool with its machines. */
export interface FleetPool {
  readonly pool: Pool
  readonly groups: readonly FleetGroup[]
  /** CPU cores: counted, not listed. */
  readonly cpuCores: number
  /** When it is there; from the beginning where absent. */
  readonly from?: Instant
  /** When it is gone; never where absent. */
  readonly until?: Instant
}

/** Equal domains: `domains` × `nodesPerDomain` nodes, in blocks of `domainsPerBlock`. */
export interface FleetGroup {
  readonly domains: number
  readonly nodesPerDomain: number
  readonly acceleratorsPerNode: number
  readonly domainsPerBlock: number
}

/** One node of an imported topology. */
export interface ListedNode {
  readonly site: string
  readonly block: string
  readonly domain: string
  readonly node: string
  readonly accelerators: number
}

/**
 * The groups of a listed topology. Domains of one block that differ in shape become groups of their own, and so blocks of
 * their own: a gang that must sit within one block is then never promised more room than there is.
 */
export function groupsOf(nodes: readonly ListedNode[]): FleetGroup[] {
  const groups = new Map<string, { group: FleetGroup; blocks: number }>()
  for (const block of blocksOf(nodes).values()) {
    for (const [shape, domains] of countBy(block)) {
      const [nodesPerDomain = 0, acceleratorsPerNode = 0] = shape.split('×').map(Number)
      const key = `${shape}×${domains}`
      const seen = groups.get(key)?.blocks ?? 0
      const blocks = seen + 1
      const group = {
        domains: domains * blocks,
        nodesPerDomain,
        acceleratorsPerNode,
        domainsPerBlock: domains,
      }
      groups.set(key, { group, blocks })
    }
  }
  return [...groups.values()].map(({ group }) => group)
}

/** For each block, the shape of each of its domains: `nodes × accelerators per node`. */
function blocksOf(nodes: readonly ListedNode[]): Map<string, string[]> {
  const domains = new Map<string, { block: string; sizes: Map<number, number> }>()
  for (const { site, block, domain, accelerators } of nodes) {
    const blockKey = JSON.stringify([site, block])
    const key = JSON.stringify([site, block, domain])
    const found = domains.get(key) ?? { block: blockKey, sizes: new Map<number, number>() }
    found.sizes.set(accelerators, (found.sizes.get(accelerators) ?? 0) + 1)
    domains.set(key, found)
  }
  const blocks = new Map<string, string[]>()
  for (const { block, sizes } of domains.values()) {
    const shapes = [...sizes].map(([accelerators, count]) => `${count}×${accelerators}`)
    blocks.set(block, [...(blocks.get(block) ?? []), ...shapes])
  }
  return blocks
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

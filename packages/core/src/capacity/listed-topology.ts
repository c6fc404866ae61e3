import { groupBy } from '../base/group.ts'
import { failed, ok, type Result } from '../base/result.ts'
import type { NodeGroup } from './topology.ts'

/** One node of a fleet as it is listed: where it sits, and how many accelerators it has. */
export interface ListedNode {
  readonly site: string
  readonly block: string
  readonly domain: string
  readonly node: string
  readonly accelerators: number
  readonly cpuCores?: number
  readonly memoryMiB?: number
}

/** The nodes of one site as groups; the n-th node of the groups is called `nodes[n]`. */
export interface SiteTopology {
  readonly site: string
  readonly groups: readonly NodeGroup[]
  readonly nodes: readonly string[]
  /** Nodes without accelerators, which no group holds. */
  readonly withoutAccelerators: readonly string[]
}

/** `row` counts the listed nodes from 0. */
export type TopologyProblem =
  | {
      readonly code: 'nodeListedTwice'
      readonly row: number
      readonly firstRow: number
      readonly node: string
    }
  | { readonly code: 'acceleratorsNotWhole'; readonly row: number; readonly accelerators: number }
  | { readonly code: 'nodeWithoutName'; readonly row: number }

/**
 * Turns a list of nodes, in any order, into groups by site: blocks and domains in the order in which they first appear. Names
 * of blocks hold within their site, names of domains within their block. The nodes of a domain that differ in size become
 * neighbouring domains, largest nodes first.
 */
export function topologiesOf(
  listed: readonly ListedNode[],
): Result<readonly SiteTopology[], TopologyProblem> {
  const problems = problemsOf(listed)
  if (problems.length > 0) return failed(...problems)
  return ok([...groupBy(listed, ({ site }) => site)].map(([site, nodes]) => siteTopology(site, nodes)))
}

function problemsOf(listed: readonly ListedNode[]): TopologyProblem[] {
  const firstRows = new Map<string, number>()
  return listed.flatMap(({ site, node, accelerators }, row): TopologyProblem[] => {
    if (node === '') return [{ code: 'nodeWithoutName', row }]
    if (!Number.isSafeInteger(accelerators) || accelerators < 0)
      return [{ code: 'acceleratorsNotWhole', row, accelerators }]
    const key = JSON.stringify([site, node])
    const firstRow = firstRows.get(key)
    if (firstRow !== undefined) return [{ code: 'nodeListedTwice', row, firstRow, node }]
    firstRows.set(key, row)
    return []
  })
}

function siteTopology(site: string, listed: readonly ListedNode[]): SiteTopology {
  const useful = listed.filter(({ accelerators }) => accelerators > 0)
  const blocks = [...groupBy(useful, ({ block }) => block).values()].map(domainsOf)
  return {
    site,
    groups: blocks.flatMap(groupsOfBlock),
    nodes: blocks.flat(2).map(({ node }) => node),
    withoutAccelerators: listed.filter(({ accelerators }) => accelerators === 0).map(({ node }) => node),
  }
}

/** The block's domains, each of nodes of one size. */
function domainsOf(block: readonly ListedNode[]): (readonly ListedNode[])[] {
  return [...groupBy(block, ({ domain }) => domain).values()].flatMap((domain) =>
    [...groupBy(domain, sizeOf).values()].sort(([a], [b]) => (b?.accelerators ?? 0) - (a?.accelerators ?? 0)),
  )
}

/** Nodes of one size have the same accelerators, cores and memory. */
function sizeOf({ accelerators, cpuCores, memoryMiB }: ListedNode): string {
  return [accelerators, cpuCores, memoryMiB].join()
}

function builtAs({ accelerators = 0, cpuCores, memoryMiB }: Partial<ListedNode> = {}) {
  return {
    acceleratorsPerNode: accelerators,
    ...(cpuCores === undefined ? {} : { cpuCoresPerNode: cpuCores }),
    ...(memoryMiB === undefined ? {} : { memoryMiBPerNode: memoryMiB }),
  }
}

/** Runs of equal domains become one group; every group but the first continues the block. */
function groupsOfBlock(domains: readonly (readonly ListedNode[])[]): NodeGroup[] {
  const runs: { readonly nodes: readonly ListedNode[]; domains: number }[] = []
  for (const nodes of domains) {
    const last = runs.at(-1)
    const [first, before] = [nodes[0], last?.nodes[0]]
    const isAlike = first && before && sizeOf(first) === sizeOf(before)
    if (last && isAlike && last.nodes.length === nodes.length) last.domains += 1
    else runs.push({ nodes, domains: 1 })
  }
  return runs.map(({ nodes, domains: alike }, i) => ({
    domains: alike,
    nodesPerDomain: nodes.length,
    ...builtAs(nodes[0]),
    domainsPerBlock: alike,
    ...(i > 0 ? { continuesBlock: true } : {}),
  }))
}

import { assert } from '../base/assert.ts'
import type { HardwareShape } from '../base/hardware.ts'

/** What nodes have beside accelerators, where that is known. */
export interface NodeParts {
  /** Cores of each node, to a thousandth; where absent, members have as many as they need. */
  readonly cpuCoresPerNode?: number
  /** Memory of each node; where absent, members have as much as they need. */
  readonly memoryMiBPerNode?: number
}

/** Equal domains that arrive together: `domains` × `nodesPerDomain` nodes, in blocks of `domainsPerBlock`. */
export interface NodeGroup extends NodeParts {
  readonly domains: number
  readonly nodesPerDomain: number
  readonly acceleratorsPerNode: number
  readonly domainsPerBlock: number
  /** The group's first `domainsPerBlock` domains join the block of the group before, instead of opening one. */
  readonly continuesBlock?: boolean
}

export function acceleratorsIn(groups: readonly NodeGroup[]): number {
  return groups.reduce(
    (sum, { domains, nodesPerDomain, acceleratorsPerNode }) =>
      sum + domains * nodesPerDomain * acceleratorsPerNode,
    0,
  )
}

export function nodesIn(groups: readonly NodeGroup[]): number {
  return groups.reduce((sum, { domains, nodesPerDomain }) => sum + domains * nodesPerDomain, 0)
}

/**
 * Domains under one spine where nothing else is known: 8 racks of a rack-scale system, 32 nodes of any other.
 * Source: the scalable units of NVIDIA's DGX SuperPOD reference architectures (GB200: 8 racks; H100: 32 systems).
 */
export function usualDomainsPerBlock(shape: HardwareShape): number {
  return shape.nodesPerDomain > 1 ? 8 : 32
}

/**
 * The nodes that hold so many accelerators, in the hardware's shape. What does not fill a domain becomes a smaller last domain,
 * and what does not fill a node a smaller last node in a domain of its own, with the cores and memory of the others: no accelerator
 * is lost.
 */
export function nodeGroupsOf(
  { acceleratorsPerNode, nodesPerDomain, ...shape }: HardwareShape & NodeParts,
  accelerators: number,
  domainsPerBlock: number = usualDomainsPerBlock({ acceleratorsPerNode, nodesPerDomain }),
): NodeGroup[] {
  assert(Number.isSafeInteger(accelerators) && accelerators >= 0, 'accelerators are a whole number')
  assert(acceleratorsPerNode > 0 && nodesPerDomain > 0 && domainsPerBlock > 0, 'a shape has no empty level')
  const nodes = Math.floor(accelerators / acceleratorsPerNode)
  const domains = Math.floor(nodes / nodesPerDomain)
  const parts = [
    { domains, nodesPerDomain, acceleratorsPerNode },
    { domains: 1, nodesPerDomain: nodes % nodesPerDomain, acceleratorsPerNode },
    { domains: 1, nodesPerDomain: 1, acceleratorsPerNode: accelerators % acceleratorsPerNode },
  ].filter((part) => acceleratorsIn([{ ...part, domainsPerBlock }]) > 0)
  const { cpuCoresPerNode, memoryMiBPerNode } = shape
  const nodeParts: NodeParts = {
    ...(cpuCoresPerNode === undefined ? {} : { cpuCoresPerNode }),
    ...(memoryMiBPerNode === undefined ? {} : { memoryMiBPerNode }),
  }
  let before = 0
  return parts.map((part) => {
    const continuesBlock = before % domainsPerBlock > 0
    before += part.domains
    return { ...part, domainsPerBlock, ...nodeParts, ...(continuesBlock ? { continuesBlock } : {}) }
  })
}

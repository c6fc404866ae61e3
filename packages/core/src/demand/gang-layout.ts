import { assert } from '../base/assert.ts'
import type { Hardware } from '../base/hardware.ts'
import type { Workload } from './workload.ts'

/** How a gang's accelerators are split over its members. */
export interface GangLayout {
  readonly members: number
  readonly acceleratorsPerMember: number
}

/**
 * Members of a gang for nodes of so many accelerators: one member where a node holds the gang, whole nodes where they
 * divide it, else the largest equal members that fill nodes without a rest (12 on nodes of 8: three members of 4).
 */
export function gangLayout(accelerators: number, acceleratorsPerNode: number): GangLayout {
  if (accelerators <= acceleratorsPerNode) return { members: 1, acceleratorsPerMember: accelerators }
  const acceleratorsPerMember = greatestDivisor(accelerators, acceleratorsPerNode)
  return { members: accelerators / acceleratorsPerMember, acceleratorsPerMember }
}

/** Euclid's algorithm. */
function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b)
}

/** A size that is scaled beyond a node becomes a number of whole nodes, as large gangs are. */
export function scaledSize(size: number, scale: number, node: number): number {
  if (scale === 1) return size
  const scaled = Math.max(1, Math.round(size * scale))
  return scaled <= node ? scaled : Math.ceil(scaled / node) * node
}

/** Members must fit a node of whatever hardware the gang gets. */
export function smallestNode(workload: Workload, hardware: readonly Hardware[]): number {
  const nodes = workload.accepts.map((accepted) => {
    const known = hardware.find(({ id }) => id === accepted.hardware)
    assert(known, `a workload accepts hardware that is known, as ${accepted.hardware} must be`)
    return known.shape.acceleratorsPerNode
  })
  return Math.min(...nodes)
}

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

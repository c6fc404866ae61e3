/** The sizes at which a role may run, how fast each is, and what it costs to go from one to another. */
export interface Elastic {
  /** Smallest first. The gang starts at the first one; it grows while accelerators are idle. */
  readonly sizes: readonly RoleSize[]
  /** Whether a change of size makes the gang load its last save; else it goes on at once. */
  readonly restarts: boolean
  /** How long it stays at a size before it grows, or makes room for another to grow. It makes room for whoever waits at once. */
  readonly settleMs: number
}

export interface RoleSize {
  readonly members: number
  /** Relative to the role's `members`, which the durations are stated for: not less than that of a smaller size. */
  readonly speed: number
}

/** Where an elastic role contradicts itself. */
export type ElasticProblem = 'noSizes' | 'sizesOutOfOrder' | 'slowerWhenLarger' | 'noAccelerators'

/** A table of sizes that a role of such members may have; nothing where all is well. */
export function elasticProblem(
  { sizes }: Elastic,
  acceleratorsPerMember: number,
): ElasticProblem | undefined {
  if (sizes.length === 0) return 'noSizes'
  if (acceleratorsPerMember === 0) return 'noAccelerators'
  for (const [n, { members, speed }] of sizes.entries()) {
    const before = sizes[n - 1]
    if (members <= (before?.members ?? 0)) return 'sizesOutOfOrder'
    if (!(speed > 0) || speed < (before?.speed ?? 0)) return 'slowerWhenLarger'
  }
  return undefined
}

import { elasticRole } from '../../demand/elastic-roles.ts'
import type { Role } from '../../demand/gang.ts'
import type { NodeRun, Part } from '../events.ts'
import type { GangState } from '../gang-state.ts'
import { heldByNode, joined } from '../member-runs.ts'
import type { PoolState } from '../pool-state.ts'

/**
 * The running gangs that may grow, and how many have. What they have grown by is counted by node in each pool, and the free
 * index knows nothing of it: for all who wait it is free. When somebody takes it, those who hold it shrink first.
 */
export class Growth {
  /** Running gangs with an elastic role. */
  readonly elastic = new Set<GangState>()
  #larger = 0

  /** Whether any gang is larger than it was placed. */
  get isAny(): boolean {
    return this.#larger > 0
  }

  noteStart(gang: GangState): void {
    if (elasticRole(gang.shape.roles) >= 0) this.elastic.add(gang)
  }

  noteEnd(gang: GangState, poolOf: (id: string) => PoolState): void {
    if (this.elastic.delete(gang)) this.set(gang, NO_RUNS, poolOf(elasticPart(gang).poolId))
  }

  /** What the gang has grown by in its pool, from now on. */
  set(gang: GangState, grown: readonly NodeRun[], { grown: byNode }: PoolState): void {
    count(byNode, gang.grown, -1)
    count(byNode, grown, 1)
    this.#larger += Number(grown.length > 0) - Number(gang.grown.length > 0)
    gang.grown = grown
  }
}

function count(byNode: Map<number, number>, runs: readonly NodeRun[], sign: 1 | -1): void {
  for (const [node, each] of heldByNode(runs)) {
    const sum = (byNode.get(node) ?? 0) + sign * each
    if (sum === 0) byNode.delete(node)
    else byNode.set(node, sum)
  }
}

const NO_RUNS: readonly NodeRun[] = []

/** The elastic role of a gang that has one, at its smallest size. */
export function elasticRoleOf({ shape }: GangState): Role {
  return shape.roles[elasticRole(shape.roles)] as Role
}

/** Where that role was placed. */
export function elasticPart({ shape, parts }: GangState): Part {
  return parts[elasticRole(shape.roles)] as Part
}

/** All that a running gang holds if it has grown by these. */
export function partsWith(gang: GangState, grown: readonly NodeRun[]): readonly Part[] {
  if (grown.length === 0) return gang.parts
  const own = elasticPart(gang)
  return gang.parts.map((part) => (part === own ? { ...part, runs: joined(part.runs, grown) } : part))
}

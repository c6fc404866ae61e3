import { getOrAdd } from '../../base/get-or-add.ts'
import type { Instant } from '../../base/instant.ts'
import type { Role } from '../../demand/gang.ts'
import type { FreeIndex } from '../free-index.ts'
import type { GangState } from '../gang-state.ts'
import type { PoolState } from '../pool-state.ts'
import { costOfMoving } from './worth-of-plan.ts'

/** Places within a pool that are looked at: those that are cheapest to clear by count. */
const PLACES_MOST = 8

/** What is gained on one node if all go who may be moved. */
interface Clearing {
  readonly node: number
  readonly movers: readonly GangState[]
  /** Members of the waiting gang that the node would hold, and how many more than now. */
  readonly seats: number
  readonly more: number
  readonly costPerSeat: number
}

/**
 * Gangs that could be moved so that so many members find room in the pool, those first whose nodes are cheapest to clear: one
 * list for each of the places (node, domain, block or pool) in which the role must sit that could come to hold it.
 */
export function whoCouldMove(pool: PoolState, role: Role, at: Instant): readonly (readonly GangState[])[] {
  const clearings = clearingsOf(pool, role, at)
  const places = new Map<number, Clearing[]>()
  for (const clearing of clearings)
    getOrAdd(places, placeOf(pool.free, clearing.node, role), () => []).push(clearing)
  return [...places.values()]
    .map((nodes) => cheapest(nodes, role.members))
    .filter((found) => found !== undefined)
    .sort((a, b) => a.cost - b.cost)
    .slice(0, PLACES_MOST)
    .map(({ movers }) => movers)
}

function placeOf(index: FreeIndex, node: number, { within: { level, required } }: Role): number {
  if (!required || level === 'pool') return 0
  if (level === 'node') return node
  const domain = index.domainOf(node)
  return level === 'domain' ? domain : index.blockOf(domain)
}

function clearingsOf({ free, running }: PoolState, role: Role, at: Instant): Clearing[] {
  const each =
    role.within.level === 'node' && role.within.required
      ? role.members * role.acceleratorsPerMember
      : role.acceleratorsPerMember
  const members = each / role.acceleratorsPerMember
  const movable = new Map<number, { readonly movers: GangState[]; held: number; cost: number }>()
  for (const gang of running) {
    if (gang.gang.movable === undefined || gang.reclaim) continue
    const cost = costOfMoving(gang, at) / Math.max(1, gang.shape.accelerators)
    for (const { first, nodes, each: held } of gang.parts.flatMap(({ runs }) => runs)) {
      for (let node = first; node < first + nodes; node++) {
        const here = getOrAdd(movable, node, () => ({ movers: [], held: 0, cost: 0 }))
        here.movers.push(gang)
        here.held += held
        here.cost += cost * held
      }
    }
  }
  const clearings: Clearing[] = []
  for (let node = 0; node < free.nodes; node++) {
    if (!free.isOnline(node)) continue
    const { movers = [], held = 0, cost = 0 } = movable.get(node) ?? {}
    const now = Math.floor(free.freeOf(node) / each) * members
    const seats = Math.floor((free.freeOf(node) + held) / each) * members
    if (seats > 0)
      clearings.push({ node, movers, seats, more: seats - now, costPerSeat: cost / Math.max(1, seats - now) })
  }
  return clearings
}

/** Clears one node after the other, the cheapest by seat first, until there would be enough. */
function cheapest(
  nodes: readonly Clearing[],
  members: number,
): { readonly cost: number; readonly movers: readonly GangState[] } | undefined {
  let seats = nodes.reduce((sum, { seats: then, more }) => sum + then - more, 0)
  if (nodes.reduce((sum, each) => sum + each.seats, 0) < members) return undefined
  let cost = 0
  const movers = new Set<GangState>()
  const gaining = nodes.filter(({ more }) => more > 0)
  for (const { more, costPerSeat, movers: here } of gaining.sort(
    (a, b) => a.costPerSeat - b.costPerSeat || a.node - b.node,
  )) {
    for (const gang of here) movers.add(gang)
    if (seats < members) cost += costPerSeat * more
    seats += more
  }
  return { cost, movers: [...movers] }
}

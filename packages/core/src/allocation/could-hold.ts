import type { Role, TopologyNeed } from '../demand/gang.ts'
import { sparesOfWhole } from './failures/spares.ts'
import { FreeIndex } from './free-index.ts'
import type { PoolState } from './pool-state.ts'
import { acceleratorsInAnchor, cpuCoresOf, type Shape, staysTogether } from './shape.ts'
import { tryPlace } from './trial.ts'

/**
 * Whether the shape, with its accelerators in the anchor, could find room if nothing ran and no node had failed. One that
 * could not waits without standing in anybody's way.
 */
export function couldHold(shape: Shape, anchor: PoolState, pools: readonly PoolState[]): boolean {
  const known = anchor.couldHold.get(shape)
  if (known !== undefined) return known
  const holds = findOut(shape, anchor, pools)
  anchor.couldHold.set(shape, holds)
  return holds
}

function findOut(shape: Shape, anchor: PoolState, pools: readonly PoolState[]): boolean {
  if (acceleratorsInAnchor(shape, anchor.number) > anchor.free.capacity) return false
  const areCounted = staysTogether(shape, anchor.number) && !anchor.room?.nodes.statesCores
  if (areCounted && shape.cpuCores > anchor.cpuCores) return false
  const fitEach = shape.roles.every((role, r) => {
    const accepted = shape.pools[r] ?? []
    if (accepted.includes(anchor.number)) return fitsEmpty(role, anchor)
    return accepted.some((number) => fitsEmpty(role, pools[number] as PoolState))
  })
  return fitEach && (shape.roles.length === 1 || fitTogether(shape, anchor, pools))
}

/** Roles compete for the same nodes, so they are placed on trial where nothing is taken. */
function fitTogether(shape: Shape, anchor: PoolState, pools: readonly PoolState[]): boolean {
  const accepted = new Set(shape.pools.flat())
  const empty = pools.map((pool) => (accepted.has(pool.number) ? emptied(pool) : pool))
  return tryPlace(shape, empty[anchor.number] as PoolState, empty) !== undefined
}

function emptied(pool: PoolState): PoolState {
  const free = new FreeIndex()
  free.add(pool.groups)
  const spares = sparesOfWhole(pool)
  for (let node = 0; node < free.nodes; node++) {
    if (pool.free.isRetired(node) || spares.has(node)) free.retire(node, 1)
  }
  const room = pool.room?.emptied(free, pool.groups)
  return { ...pool, free, room, cpuFree: pool.cpuCores, blocked: false }
}

function fitsEmpty(role: Role, pool: PoolState): boolean {
  const areCounted =
    role.acceleratorsPerMember === 0 && cpuCoresOf(role) > 0 && cpuCoresOf(role) <= pool.cpuCores
  if (!areCounted && pool.room?.concerns(role)) return pool.room.couldHold(role, sparesOfWhole(pool))
  if (role.acceleratorsPerMember === 0) return cpuCoresOf(role) <= pool.cpuCores
  const level = role.within.required ? role.within.level : 'pool'
  return seatsInOne(pool, level, role.acceleratorsPerMember, role.members)
}

/** Whether one node, domain or block, or the pool, has seats for so many members when nothing is taken. */
function seatsInOne(pool: PoolState, level: TopologyNeed['level'], each: number, members: number): boolean {
  const { free: index } = pool
  const spares = sparesOfWhole(pool)
  let unit = -1
  let seats = 0
  for (let node = 0; node < index.nodes; node++) {
    const at = unitOf(index, level, node)
    if (at !== unit) seats = 0
    unit = at
    if (!index.isRetired(node) && !spares.has(node)) seats += Math.floor(index.capacityOf(node) / each)
    if (seats >= members) return true
  }
  return false
}

/** Nodes of one domain, and of one block, follow one another. */
function unitOf(index: FreeIndex, level: TopologyNeed['level'], node: number): number {
  if (level === 'pool') return 0
  if (level === 'node') return node
  const domain = index.domainOf(node)
  return level === 'domain' ? domain : index.blockOf(domain)
}

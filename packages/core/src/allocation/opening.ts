import type { Instant } from '../base/instant.ts'
import { acceleratorsOfPart, type Part } from './events.ts'
import type { GangState } from './gang-state.ts'
import type { Opening, PoolState } from './pool-state.ts'

// Openings are costly to find and are looked for again and again, so those found are kept as long as finding them anew would
// give the same: what happens to a pool either leaves them as they are, changes their spare, or makes them unknown.

/** A gang started: one that ends by the opening leaves it as it is, another takes of its spare. */
export function noteStart(pool: PoolState, gang: GangState): void {
  const { openings, reservation } = pool
  if (pool.drains.length > 0) openings.clear()
  if (openings.size === 0 && !reservation) return
  const held = heldIn(pool, gang)
  if (reservation) isLeft(reservation.opening, gang, held)
  for (const [shape, opening] of openings) {
    if (opening && !isLeft(opening, gang, held)) openings.delete(shape)
  }
}

/** Room is kept for an owner from now on, or will be handed over: it is not spare beside what was promised. */
export function noteKept(pool: PoolState, { accelerators, cpuCores }: Held): void {
  pool.openings.clear()
  const opening = pool.reservation?.opening
  if (opening) takeSpare(opening, accelerators, cpuCores)
}

/** A gang ended: on time, as the openings after it foresaw, or not. */
export function noteEnd(pool: PoolState, gang: GangState, at: Instant): void {
  if (pool.openings.size === 0) return
  if (at !== gang.expectedEnd) return pool.openings.clear()
  for (const [shape, opening] of pool.openings) {
    if (opening && opening.start <= at) pool.openings.delete(shape)
  }
}

/** Whether the opening still holds when the gang has started, which may take of its spare. */
function isLeft(opening: Opening, gang: GangState, { accelerators, cpuCores }: Held): boolean {
  if (gang.expectedEnd <= opening.start) return true
  if (!isBeside(opening, accelerators, cpuCores)) return false
  takeSpare(opening, accelerators, cpuCores)
  return true
}

function takeSpare(opening: Opening, accelerators: number, cpuCores: number): void {
  opening.spare = Math.max(0, opening.spare - accelerators)
  opening.spareCores = Math.max(0, opening.spareCores - cpuCores)
}

/** Whether so much fits beside the one for whom the opening is meant. */
export function isBeside(opening: Opening, accelerators: number, cpuCores: number): boolean {
  return accelerators <= opening.spare && cpuCores <= opening.spareCores
}

interface Held {
  readonly accelerators: number
  readonly cpuCores: number
}

/** Where nodes state their cores, or share accelerators out, whoever sits on a node keeps others from one at least. */
function claimsOf({ runs }: Part): number {
  return runs.reduce((sum, { nodes, each }) => sum + nodes * Math.max(1, each), 0)
}

/** What the parts take of the pool. */
export function heldIn(pool: PoolState, { parts }: Pick<GangState, 'parts'>): Held {
  let accelerators = 0
  let cpuCores = 0
  for (const part of parts) {
    if (part.poolId !== pool.pool.id) continue
    accelerators += pool.room ? claimsOf(part) : acceleratorsOfPart(part)
    cpuCores += part.cpuCores
  }
  return { accelerators, cpuCores }
}

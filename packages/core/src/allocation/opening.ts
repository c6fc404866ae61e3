import type { Instant } from '../base/instant.ts'
import { acceleratorsOfPart } from './events.ts'
import type { GangState } from './gang-state.ts'
import type { Opening, PoolState } from './pool-state.ts'

// Openings are costly to find and are looked for again and again, so those found are kept as long as finding them anew would
// give the same: what happens to a pool either leaves them as they are, changes their spare, or makes them unknown.

/** A gang started: one that ends by the opening leaves it as it is, another takes of its spare. */
export function noteStart(pool: PoolState, gang: GangState): void {
  if (pool.openings.size === 0) return
  const { accelerators, cpuCores } = heldIn(pool, gang)
  for (const [shape, opening] of pool.openings) {
    if (!opening || gang.expectedEnd <= opening.start) continue
    if (isBeside(opening, accelerators, cpuCores)) {
      opening.spare -= accelerators
      opening.spareCores -= cpuCores
    } else pool.openings.delete(shape)
  }
}

/** A gang ended: on time, as the openings after it foresaw, or not. */
export function noteEnd(pool: PoolState, gang: GangState, at: Instant): void {
  if (pool.openings.size === 0) return
  if (at !== gang.expectedEnd) return pool.openings.clear()
  for (const [shape, opening] of pool.openings) {
    if (opening && opening.start <= at) pool.openings.delete(shape)
  }
}

/** Whether so much fits beside the one for whom the opening is meant. */
export function isBeside(opening: Opening, accelerators: number, cpuCores: number): boolean {
  return accelerators <= opening.spare && cpuCores <= opening.spareCores
}

export function heldIn(
  pool: PoolState,
  { parts }: Pick<GangState, 'parts'>,
): { accelerators: number; cpuCores: number } {
  let accelerators = 0
  let cpuCores = 0
  for (const part of parts) {
    if (part.poolId !== pool.pool.id) continue
    accelerators += acceleratorsOfPart(part)
    cpuCores += part.cpuCores
  }
  return { accelerators, cpuCores }
}

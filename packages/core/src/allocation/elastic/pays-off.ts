import { type GangState, limitOf, productiveMs, worthOfStopping } from '../gang-state.ts'
import type { PassContext } from '../pass-context.ts'
import type { PoolState } from '../pool-state.ts'

/** A change may have to be taken back, at the same cost again. */
const CHANGES = 2

/**
 * Whether a gang that restarts grows by so many members: not while somebody waits for its pool, who would soon take them back;
 * and only where it saves more time than two such changes cost. One without a limit counts as endless.
 */
export function paysOff(
  { state, at }: PassContext,
  gang: GangState,
  pool: PoolState,
  members: number,
): boolean {
  // Who is to have gone when a window begins may become no later.
  if (state.windows.size > 0) return false
  for (const waiting of state.queue)
    if (waiting.shape.pools.some((pools) => pools.includes(pool.number))) return false
  if (at === gang.since) return true
  const doneMs = gang.keptMs + gang.openMs + productiveMs(gang, at) * gang.speed
  const restMs = Math.max(0, limitOf(gang) - doneMs)
  const savedMs = restMs / gang.speed - restMs / state.speedOf(gang, gang.parts, members)
  const costMs = worthOfStopping(gang, at).lostMs + gang.gang.restartMs
  return Number.isFinite(restMs)
    ? savedMs > CHANGES * costMs
    : state.speedOf(gang, gang.parts, members) > gang.speed
}

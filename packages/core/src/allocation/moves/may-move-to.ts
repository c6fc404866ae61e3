import type { AllocationState } from '../allocation-state.ts'
import type { Part } from '../events.ts'
import type { GangState } from '../gang-state.ts'

/** Whether the gang may be moved there, role by role. */
export function mayMoveTo(
  state: AllocationState,
  { gang, parts, mindsMoney }: GangState,
  to: readonly Part[],
): boolean {
  const { movable, spread } = gang
  if (mindsMoney) return false
  // Where others of its group sit is looked at when it starts.
  if (movable === undefined || spread) return false
  if (movable === 'any') return true
  return to.every((part, r) => {
    const from = parts[r]
    if (!from || from.poolId === part.poolId) return from !== undefined
    return movable === 'provider' && providerOf(state, from) === providerOf(state, part)
  })
}

function providerOf(state: AllocationState, { poolId }: Part): string {
  return state.pool(poolId).pool.provider
}

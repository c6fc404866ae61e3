import { type Instant, instant } from '../../base/instant.ts'
import type { Path } from '../../base/path.ts'
import type { AllocationState } from '../allocation-state.ts'
import { setSpares } from '../failures/spares.ts'
import { gangsOn } from '../failures/suffer-outage.ts'
import { refusalOf } from '../refuse.ts'
import type { OffenderSnapshot, OutageSnapshot, PoolSnapshot } from './snapshot-data.ts'

/** After the gangs, which may run where an outage is announced, and before what is kept, which may not lie there. */
export function rebuildOutage(state: AllocationState, { id, of, by }: OutageSnapshot): Path | undefined {
  const at = Number.isFinite(state.now) ? state.now : instant(0)
  const told = { outageId: id, of }
  if (by === undefined) {
    if (refusalOf(state, { kind: 'beginOutage', ...told }, at)) return ['of']
    state.evolve({ kind: 'outageBegan', at, ...told, nodes: [] })
    return gangsOn(state.pools, of).length > 0 ? ['of'] : undefined
  }
  if (refusalOf(state, { kind: 'drain', ...told, by: instant(by) }, at)) return ['by']
  state.evolve({ kind: 'drainBegan', at, ...told, by: instant(by) })
  return undefined
}

/** What was noted while the nodes' failures were restored is no offence. */
export function rebuildOffenders(
  state: AllocationState,
  offenders: readonly OffenderSnapshot[],
): Path | undefined {
  state.offenders.clear()
  for (const [n, { poolId, node, failures, keptOutUntil }] of offenders.entries()) {
    const pool = state.poolById.get(poolId)
    if (!pool || node >= pool.free.nodes || pool.free.isRetired(node)) return ['offenders', n, 'node']
    state.offenders.restore(pool, node, failures as readonly Instant[])
    if (keptOutUntil === undefined) continue
    const until = instant(keptOutUntil)
    state.evolve({ kind: 'nodeKeptOut', at: instant(0), poolId, node, failures: failures.length, until })
  }
  return undefined
}

/** Which nodes stand by follows from the history, so a snapshot says it. Nothing may be held there. */
export function restoreSpares(state: AllocationState, pools: readonly PoolSnapshot[]): Path | undefined {
  for (const [n, { pool, spare = [] }] of pools.entries()) {
    const restored = state.pool(pool.id)
    if (pool.upkeep?.sparesPerDomain === undefined) continue
    const { free } = restored
    const ranges = spare.map(({ first, nodes }) => ({ first, until: first + nodes }))
    const isWrong = ranges.some(({ first, until }) => {
      if (until > free.nodes) return true
      for (let node = first; node < until; node++) if (free.heldOn(node) > 0) return true
      return false
    })
    if (isWrong) return ['pools', n, 'spare']
    setSpares(restored, ranges)
  }
  return undefined
}

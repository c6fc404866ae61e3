import type { AllocationEvent } from '../events.ts'
import { settleKept } from '../hand-over.ts'
import type { PoolState } from '../pool-state.ts'
import type { OffenderBook } from './offender-book.ts'
import type { OutageBook } from './outage-book.ts'
import { settleSpares } from './spares.ts'

const KINDS = [
  'nodeFailed',
  'nodeReturned',
  'nodeDegraded',
  'nodeKeptOut',
  'nodeReadmitted',
  'outageBegan',
  'drainBegan',
  'outageEnded',
] as const

type NodeEvent = Extract<AllocationEvent, { kind: (typeof KINDS)[number] }>

/** What changes when nodes go out of service, come back, or become slow. */
interface Service {
  readonly pools: readonly PoolState[]
  readonly outages: OutageBook
  readonly offenders: OffenderBook
  slowNodes: number
  pool(id: string): PoolState
}

export function isOfNodes(event: AllocationEvent): event is NodeEvent {
  return (KINDS as readonly string[]).includes(event.kind)
}

/** Evolves the state by what happened to nodes that are there. */
export function evolveNodes(state: Service, event: NodeEvent): void {
  if (event.kind === 'outageBegan' || event.kind === 'drainBegan' || event.kind === 'outageEnded') {
    state.outages.evolve(event, state.pools)
    for (const pool of state.pools) changed(pool)
    return
  }
  const pool = state.pool(event.poolId)
  switch (event.kind) {
    case 'nodeDegraded':
      state.slowNodes -= pool.slow.size
      if (event.speed < 1) pool.slow.set(event.node, event.speed)
      else pool.slow.delete(event.node)
      state.slowNodes += pool.slow.size
      pool.openings.clear()
      return
    case 'nodeReturned':
      pool.free.setOnline(event.node, true)
      break
    case 'nodeFailed':
      state.offenders.evolve(event, pool)
      pool.free.setOnline(event.node, false)
      break
    default:
      state.offenders.evolve(event, pool)
  }
  settleSpares(pool, { first: event.node, until: event.node + 1 })
  changed(pool)
}

/** What was found out of it no longer holds, and what has become free is kept for those who asked for it. */
function changed(pool: PoolState): void {
  pool.openings.clear()
  settleKept(pool)
}

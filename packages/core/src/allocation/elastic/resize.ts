import type { AllocationEvent, Part } from '../events.ts'
import { countWork, endBy, type GangState, goBackToSave } from '../gang-state.ts'
import { acceleratorsIn, without } from '../member-runs.ts'
import type { MoneyLedger } from '../money/money-ledger.ts'
import type { PoolState } from '../pool-state.ts'
import { elasticPart, elasticRoleOf, type Growth } from './growth.ts'

/** What the change of a stay needs of all that the allocator knows. */
export interface Seating {
  readonly growth: Growth
  readonly money: MoneyLedger | undefined
  pool(id: string): PoolState
  poolsOf(parts: readonly Part[]): readonly PoolState[]
  speedOf(gang: GangState, parts: readonly Part[], moreMembers?: number): number
}

type Resized = Extract<AllocationEvent, { kind: 'resized' }>

/** Evolves the state by a change of size: what was done so far counts at the speed that held. */
export function resize(state: Seating, gang: GangState, { at, parts }: Resized): void {
  const own = elasticPart(gang)
  const whole = parts[gang.parts.indexOf(own)] ?? own
  gang.resizes += 1
  changeStay(state, gang, () => {
    if (elasticRoleOf(gang).elastic?.restarts) goBackToSave(gang, at)
    else countWork(gang, at)
    state.money?.hold(gang, at, -1)
    state.growth.set(gang, without(whole.runs, own.runs), state.pool(own.poolId))
    state.money?.hold(gang, at, 1)
  })
}

/** Changes how a running gang comes along, and with it when it ends. */
export function changeStay(state: Seating, gang: GangState, change: () => void): void {
  const pools = state.poolsOf(gang.parts)
  for (const pool of pools) {
    pool.running.remove(gang)
    pool.openings.clear()
  }
  change()
  setEnd(state, gang)
  for (const pool of pools) pool.running.add(gang)
}

/** How fast it is from `since` on, and by when it will have ended. */
export function setEnd(state: Seating, gang: GangState): void {
  gang.speed = state.speedOf(gang, gang.parts, gang.grown.length > 0 ? membersIn(gang) : 0)
  gang.expectedEnd = endAtSmallest(state, gang)
}

function membersIn(gang: GangState): number {
  return acceleratorsIn(gang.grown) / elasticRoleOf(gang).acceleratorsPerMember
}

/**
 * What is promised to others counts on this end, so it holds also where the gang shrinks at any moment: it goes on at its
 * smallest size, after it has loaded its last save where it restarts.
 */
function endAtSmallest(state: Seating, gang: GangState): number {
  const { checkpointMs = 0, restartMs } = gang.gang
  const mayRestart = gang.grown.length > 0 && elasticRoleOf(gang).elastic?.restarts
  const end = endBy(gang, gang.since, state.speedOf(gang, gang.parts))
  return mayRestart ? end + checkpointMs + restartMs : end
}

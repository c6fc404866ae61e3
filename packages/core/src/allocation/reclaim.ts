import { type Instant, later } from '../base/instant.ts'
import type { AllocationState } from './allocation-state.ts'
import { mayUse, tryPlaceApart } from './apart/place-apart.ts'
import type { Part } from './events.ts'
import { isEntitled } from './find-place.ts'
import { endBy, type GangState } from './gang-state.ts'
import { acceptedPools } from './money/accepted-pools.ts'
import type { PassContext } from './pass-context.ts'
import { PendingTrial, putBack, setAside } from './pending-trial.ts'
import type { PoolState } from './pool-state.ts'
import { startOnTrial } from './reservation.ts'
import { acceleratorsInAnchor } from './shape.ts'
import { forgetPromise } from './start.ts'
import { candidatesIn, chooseVictims } from './victims.ts'
import { touches } from './windows/admission.ts'
import type { BookedWindow } from './windows/booked-windows.ts'
import { Mask } from './windows/mask.ts'
import { startBeside } from './windows/opening-beside.ts'
import { isInItsWindow } from './windows/place-amid.ts'
import { windowsInTheWay } from './windows/windows-in-the-way.ts'

const NONE: readonly PoolState[] = []

/** The pools in which the gang would run on its tenants' own; none once its kind has asked in vain in this pass. */
export function ownedPools({ state, at, asked }: PassContext, owner: GangState): readonly PoolState[] {
  const { shape, kind } = owner
  if (kind.own.asking === state.pass || asked.has(owner.gang.id)) return NONE
  const pools: PoolState[] = []
  for (const number of shape.hasShares ? [] : acceptedPools(state, owner, at)) {
    const pool = state.pools[number] as PoolState
    if (acceleratorsInAnchor(shape, number) === 0) continue
    if (isEntitled(state, owner, pool, 'own') && mayUse(state, owner, pool)) pools.push(pool)
  }
  if (pools.length === 0) kind.own.asking = state.pass
  return pools
}

/**
 * Asks borrowers to hand over what a waiting owner's gang needs in the first of the pools where they can, within the notice
 * that they were promised, and keeps that room from now on. Returns whether anything was asked.
 */
export function askBack(context: PassContext, owner: GangState, pools: readonly PoolState[]): boolean {
  for (const pool of pools) {
    const plan = planHandOver(context, owner, pool)
    if (!plan) continue
    const { at, emit } = context
    const { parts, by, victims } = plan
    context.asked.add(owner.gang.id)
    emit({ kind: 'handOverPlanned', at, gangId: owner.gang.id, parts, by })
    for (const { gang } of victims)
      emit({ kind: 'reclaimAsked', at, gangId: gang.id, forGangId: owner.gang.id, by })
    forgetPromise(context, owner.gang.id)
    return true
  }
  owner.kind.own.asking = context.state.pass
  return false
}

interface Plan {
  readonly parts: readonly Part[]
  readonly by: Instant
  readonly victims: readonly GangState[]
}

/** Beside the windows that the owner would not have left alone. */
function planHandOver(context: PassContext, owner: GangState, pool: PoolState): Plan | undefined {
  const { state, at } = context
  if (state.windows.size === 0) return planBeside(context, owner, pool, [])
  const inTheWay = windowsInTheWay(state, owner, at)
  const mask = Mask.over(state, inTheWay)
  const plan = planBeside(context, owner, pool, inTheWay)
  mask.undo()
  return plan
}

/** What others wait for is seen as handed over, so that nothing is counted on twice and nothing more asked than needed. */
function planBeside(
  context: PassContext,
  owner: GangState,
  pool: PoolState,
  windows: readonly BookedWindow[],
): Plan | undefined {
  const { state, at } = context
  const { gang } = owner
  // Room that is there, but promised to others, is not for an owner to take.
  if (pool.blocked || tryPlaceApart(state, owner, pool)) return undefined
  const pending = [...state.handOvers.values()]
  const mayBeAsked = (victim: GangState): boolean =>
    state.windows.size === 0 ||
    (!windows.some((window) => touches(window, victim.parts)) && !isInItsWindow(state, victim))
  const trial = new PendingTrial(state, pending)
  const suffices = tryPlaceApart(state, owner, pool)
  const chosen = suffices
    ? { parts: suffices, victims: [] }
    : chooseVictims(context, owner, pool, candidatesIn(context, owner, pool).filter(mayBeAsked))
  const notice = chosen && chosen.victims.length > 0 ? later(at, state.noticeMs) : at
  const by = Math.max(notice, ...pending.map((each) => each.by)) as Instant
  const plan = chosen && { ...chosen, by }
  const isGood = plan && keepsPromises(context, owner, plan)
  trial.undo()
  if (!isGood || windows.some((window) => touches(window, plan.parts))) return undefined
  if (state.accounts.borrowingOf(gang.tenant, plan.parts).borrowed > 0) return undefined
  return plan
}

/** Whether the owners who were promised a place before would start no later than they were told. */
function keepsPromises({ state, at }: PassContext, owner: GangState, { parts, victims, by }: Plan): boolean {
  const promised = state
    .poolsOf(parts)
    .flatMap(({ reservation }) => (reservation?.isForOwner ? [reservation] : []))
    .filter(({ gangId }) => gangId !== owner.gang.id)
  if (promised.length === 0) return true
  const expectedEnd = endBy(owner, by, state.speedOf(owner, parts))
  const seated = { ...owner, parts, expectedEnd }
  for (const victim of victims) setAside(state, victim)
  putBack(state, seated)
  const areKept = promised.every(({ gangId, anchor, opening }) => {
    const first = state.gangs.get(gangId)
    const start = first && startOf(state, first, anchor, at)
    return start !== undefined && start <= opening.start
  })
  setAside(state, seated)
  for (const victim of victims) putBack(state, victim)
  return areKept
}

function startOf(
  state: AllocationState,
  gang: GangState,
  anchor: PoolState,
  at: Instant,
): number | undefined {
  return state.windows.size > 0
    ? startBeside(state, gang, anchor, at)
    : startOnTrial(gang.shape, anchor, state.pools)
}

import type { AllocationState } from './allocation-state.ts'
import { findPlace, isEntitled, mightPass, type Phase, type Place } from './find-place.ts'
import { type GangState, limitOf } from './gang-state.ts'
import { ENDLESS } from './kind-line.ts'
import { acceptedPools } from './money/accepted-pools.ts'
import type { PassContext } from './pass-context.ts'
import { promise } from './promise.ts'
import type { Showing } from './queue.ts'
import { askBack, ownedPools } from './reclaim.ts'
import type { Kind, Refusals } from './shape.ts'
import { start } from './start.ts'
import { showInTurn } from './turns/show-in-turn.ts'
import { windowNamedBy } from './windows/admission.ts'

/** Where nobody has quotas nobody hopes to get something back. */
const NOBODY: GangState[] = []

/**
 * Starts every waiting gang that may start now, in the order of the queue: first those that run on their tenants' own,
 * then those that must borrow. The first gang that finds no room in a pool is promised a place in its future, and none
 * that follows may start there so that the promise breaks. An owner that finds no room asks back what others borrowed,
 * before what is idle is lent.
 */
export function placeWaiting(context: PassContext): void {
  const { state } = context
  state.pass += 1
  state.isPassDue = false
  for (const pool of state.pools) {
    pool.reservation = undefined
    pool.blocked = false
  }
  state.unpromised = state.pools.length
  if (state.queue.size === 0) return
  if (!state.accounts.hasQuotas) return visit(context, 'own')
  const hopeful: GangState[] = []
  visit(context, 'own', hopeful)
  visit(context, 'borrow')
  for (const gang of hopeful) if (!gang.running) askBack(context, gang, ownedPools(context, gang))
  if (hasIdlePromise(context)) context.mayTryAgain = true
}

/** Whether a place is promised to an owner whose own has been taken since, so that it keeps others waiting in vain. */
function hasIdlePromise({ state }: PassContext): boolean {
  return state.pools.some(({ reservation }) => {
    const gang = reservation?.isForOwner ? state.gangs.get(reservation.gangId) : undefined
    return gang && reservation && !isEntitled(state, gang, reservation.anchor, 'own')
  })
}

/** Tries one gang that comes behind all others, which were tried before and still cannot start. */
export function placeLast(context: PassContext, gang: GangState): void {
  context.state.pass += 1
  tryGang(context, gang, 'own', NOBODY)
}

function visit(context: PassContext, phase: Phase, hopeful: GangState[] = NOBODY): void {
  const { state } = context
  const showing = new Visit(context, phase, hopeful)
  state.refusedKinds = 0
  if (state.turns) return showInTurn(state, state.turns, context.at, (gang) => showing.isEnough(gang))
  // Owners for whom room is kept are tried whatever their kind was refused.
  if (state.handOvers.size > 0) state.queue.show(showing)
  else state.queue.showBelow(showing)
}

/** One walk over the queue. An object, because a walk is taken at every command, and closures would be made anew each time. */
class Visit implements Showing {
  readonly #context: PassContext
  readonly #phase: Phase
  readonly #hopeful: GangState[]

  constructor(context: PassContext, phase: Phase, hopeful: GangState[]) {
    this.#context = context
    this.#phase = phase
    this.#hopeful = hopeful
  }

  boundOf(kind: Kind): number {
    return boundOf(this.#phase === 'own' ? kind.own : kind.borrow, this.#context.state.pass)
  }

  isEnough(gang: GangState): boolean {
    const { state } = this.#context
    if (!tryGang(this.#context, gang, this.#phase, this.#hopeful)) return areAllRefused(state)
    // An owner may ask back also where nothing is left.
    return !(this.#phase === 'own' && state.accounts.hasQuotas) && isFull(this.#context)
  }
}

/** Gangs of a kind need not be looked at in this pass from this limit on. */
function boundOf({ all, late, lateLimitMs }: Refusals, pass: number): number {
  if (all === pass) return 0
  return late === pass ? Math.min(lateLimitMs, ENDLESS) : Number.POSITIVE_INFINITY
}

/** Owners for whom room is kept may start elsewhere, whatever their kind was refused. */
function areAllRefused({ refusedKinds, queue, handOvers }: AllocationState): boolean {
  return refusedKinds === queue.kinds && handOvers.size === 0
}

/** Returns whether anything has changed: the gang started, or something is kept or promised for it. */
function tryGang(context: PassContext, gang: GangState, phase: Phase, hopeful: GangState[]): boolean {
  const { state } = context
  const refused = gang.kind[phase]
  if (gang.awaits) return phase === 'own' && startElsewhere(context, gang)
  if (refused.all === state.pass || isKnownTooLate(gang, refused, state.pass)) return false
  if (startNow(context, gang, phase)) return true
  if (gang.gang.window !== undefined && windowNamedBy(state, gang.gang)) return false
  const owned = phase === 'own' && state.accounts.hasQuotas ? ownedPools(context, gang) : []
  if (owned.length > 0) {
    if (canBorrow(context, gang)) hopeful.push(gang)
    else if (askBack(context, gang, owned)) return true
  }
  if (state.unpromised > 0 && promise(context, gang, phase)) return true
  const asksInVain = phase === 'borrow' || !state.accounts.hasQuotas || refused.asking === state.pass
  if (!asksInVain) return false
  if (refused.place !== state.pass && (state.unpromised === 0 || refused.promise === state.pass))
    noteTooLate(context, gang, refused)
  if (refused.place !== state.pass) return false
  refused.all = state.pass
  state.refusedKinds += 1
  return false
}

/** Within a pass room and rights only shrink, so what was refused to one gang of a kind is refused to those that run longer. */
function isKnownTooLate(gang: GangState, refused: Refusals, pass: number): boolean {
  return refused.late === pass && gang.evictions === 0 && limitOf(gang) >= refused.lateLimitMs
}

/** An evicted gang has saved a part of its work, and loads it again: its limit does not tell when it ends. */
function noteTooLate(context: PassContext, gang: GangState, refused: Refusals): void {
  if (gang.shape.roles.length > 1 || gang.evictions > 0 || context.state.windows.size > 0) return
  refused.late = context.state.pass
  refused.lateLimitMs = limitOf(gang)
  if (!mightPass(context, gang.kind)) refused.place = context.state.pass
}

function startNow(context: PassContext, gang: GangState, phase: Phase): boolean {
  const refused = gang.kind[phase]
  const { pass } = context.state
  if (refused.place === pass) return false
  const found = look(context, gang, phase)
  if (typeof found === 'object') return start(context, gang, found)
  if (found === 'refusedToKind') refused.place = pass
  return false
}

/** An owner for whom room is kept starts at once if it finds other room; then it needs nothing back. */
function startElsewhere(context: PassContext, owner: GangState): boolean {
  const { accounts, handOvers } = context.state
  const { gang } = owner
  const parts = handOvers.get(gang.id)?.parts ?? []
  accounts.chargeParts(gang.tenant, parts, -1)
  const found = look(context, owner, 'own')
  accounts.chargeParts(gang.tenant, parts, 1)
  return typeof found === 'object' && start(context, owner, found)
}

/** `refusedToKind`: nothing but room or rights lacks, so that all gangs of the kind would be refused too. */
type Looked = Place | 'refusedToKind' | 'refused'

/** Looks for a place in every pool that may hold the gang's accelerators, unless one of its shape found no room before. */
function look(context: PassContext, gang: GangState, phase: Phase): Looked {
  const { shape } = gang
  if (shape.failedInPass === context.state.pass) return 'refusedToKind'
  let onlyRoomLacks = true
  let holdsForKind = true
  const accepted = acceptedPools(context.state, gang, context.at)
  for (const number of accepted) {
    const found = findPlace(context, gang, number, phase)
    if (typeof found === 'object') return found
    if (found !== 'noRoom') onlyRoomLacks = false
    if (found === 'notAllowed') holdsForKind = false
  }
  if (onlyRoomLacks && accepted === shape.anchors) shape.failedInPass = context.state.pass
  return holdsForKind ? 'refusedToKind' : 'refused'
}

function canBorrow(context: PassContext, gang: GangState): boolean {
  if (gang.shape.anchors.length === 1) return false
  const accepted = acceptedPools(context.state, gang, context.at)
  return accepted.some((number) => typeof findPlace(context, gang, number, 'borrow') === 'object')
}

/** Whether no pool has anything left to start in or to promise. */
function isFull({ state }: PassContext): boolean {
  if (state.windows.size > 0) return false
  return state.pools.every(
    ({ blocked, reservation, free, cpuFree, drains, room }) =>
      blocked || (reservation && free.free === 0 && cpuFree === 0 && drains.length === 0 && !room),
  )
}

import type { Place } from './find-place.ts'
import type { GangState } from './gang-state.ts'
import type { HandOver } from './hand-over.ts'
import { letStay } from './let-stay.ts'
import type { PassContext } from './pass-context.ts'

/** Starts a waiting gang; what it had asked back for it needs no longer. */
export function start(context: PassContext, starting: GangState, { parts, borrowed }: Place): true {
  const { at, emit, state } = context
  const { gang } = starting
  const handOver = state.handOvers.get(gang.id)
  if (handOver) {
    dropReclaims(context, handOver)
    if (handOver.parts !== parts) context.mayTryAgain = true
  }
  emit({ kind: 'placed', at, gangId: gang.id, parts, borrowed })
  context.started.push(starting)
  // Where one more of a group sits decides where the others may.
  if (gang.spread && state.groups.hasWaiting(gang.spread)) context.mayTryAgain = true
  // The next accelerator may be cheaper than this one was, where a dearer grant serves before a cheaper one.
  if (state.money && state.minding.size > 0) context.mayTryAgain = true
  forgetPromise(context, gang.id)
  return true
}

/** A gang that was promised a place in this pass and got one otherwise leaves that to those who were refused. */
export function forgetPromise(context: PassContext, gangId: string): void {
  for (const pool of context.state.pools) {
    if (pool.reservation?.gangId !== gangId) continue
    pool.reservation = undefined
    context.mayTryAgain = true
  }
}

/** Gives up a hand-over: nothing is asked back for it, and nothing kept. */
export function dropHandOver(context: PassContext, handOver: HandOver): void {
  dropReclaims(context, handOver)
  context.emit({ kind: 'handOverDropped', at: context.at, gangId: handOver.owner.gang.id })
  context.mayTryAgain = true
}

function dropReclaims(context: PassContext, { victims }: HandOver): void {
  for (const victim of [...victims]) letStay(context, victim)
}

import { type Instant, later } from '../../base/instant.ts'
import type { AllocationState } from '../allocation-state.ts'
import { evict } from '../evict.ts'
import type { GangState } from '../gang-state.ts'
import type { PassContext } from '../pass-context.ts'
import { type BookedWindow, timeOf } from './booked-windows.ts'
import { victimsForItsOwn } from './lent-room.ts'
import { othersOn } from './others-on.ts'
import { isRoomGood, planWindow } from './plan-window.ts'

/** Gives notice, opens and closes what is due, and makes those leave whose notice has run out. */
export function runWindows(context: PassContext): void {
  for (const window of [...context.state.windows]) {
    while (step(context, window)) {}
    collect(context, window)
  }
}

/** After a change of the tenants: who sits in an open window and is not its own any more gets the notice. */
export function tellStrangers(context: PassContext): void {
  const { state, at } = context
  for (const window of state.windows) {
    if (window.isOpen && !window.booking.lends) tell(context, window, later(at, state.noticeMs), () => true)
  }
}

/** When something is due of a window next. */
export function nextWindowMoment(state: AllocationState): Instant | undefined {
  if (state.windows.size === 0) return undefined
  let next = Number.POSITIVE_INFINITY
  for (const window of state.windows) {
    next = Math.min(next, nextStep(state, window))
    for (const by of window.leaving.values()) next = Math.min(next, by)
  }
  return Number.isFinite(next) ? (next as Instant) : undefined
}

function nextStep({ noticeMs }: AllocationState, window: BookedWindow): number {
  const { start, until } = timeOf(window)
  if (window.isOpen) return until
  return window.isNoticed ? start : start - noticeMs
}

/** Returns whether the window took a step, so that the next one may be due too. */
function step(context: PassContext, window: BookedWindow): boolean {
  const { state, at, emit } = context
  const windowId = window.booking.id
  if (state.windows.get(windowId) !== window || nextStep(state, window) > at) return false
  if (window.isOpen) emit({ kind: 'windowClosed', at, windowId })
  else if (!window.isNoticed) prepare(context, window)
  else {
    emit({ kind: 'windowOpened', at, windowId })
    // One that ran past its limit, or was told nothing for another reason, gets the same notice now.
    tell(context, window, later(at, state.noticeMs), () => true)
  }
  return true
}

/** Looks for better room while there is time, and tells those who will still be there when it opens. */
function prepare(context: PassContext, window: BookedWindow): void {
  const { state, at, emit } = context
  const { booking, done } = window
  if (!isRoomGood(state, window, at)) {
    const plan = planWindow(state, booking, at, done)
    if (typeof plan === 'object') emit({ kind: 'windowMoved', at, windowId: booking.id, ...plan })
  }
  const { start } = timeOf(window)
  const by = Math.max(start, later(at, state.noticeMs)) as Instant
  const told = tell(context, window, by, ({ expectedEnd }) => expectedEnd > start)
  if (!told) emit({ kind: 'windowNoticeGiven', at, windowId: booking.id, gangIds: [], by })
}

function tell(
  { state, at, emit }: PassContext,
  window: BookedWindow,
  by: Instant,
  isInTheWay: (gang: GangState) => boolean,
): boolean {
  const gangIds = othersOn(state, window)
    .filter((gang) => gang.gang.reclaimable && !window.leaving.has(gang.gang.id) && isInTheWay(gang))
    .map(({ gang }) => gang.id)
  if (gangIds.length > 0) emit({ kind: 'windowNoticeGiven', at, windowId: window.booking.id, gangIds, by })
  return gangIds.length > 0
}

/** A window that lends lets those stay whom none of its own needs gone. */
function collect(context: PassContext, window: BookedWindow): void {
  const { state, at, emit } = context
  if (!window.isOpen || state.windows.get(window.booking.id) !== window) return
  const due = new Set([...window.leaving].filter(([, by]) => by <= at).map(([gangId]) => gangId))
  if (due.size === 0) return
  const inTheWay = othersOn(state, window).filter(({ gang }) => due.has(gang.id))
  const needed = window.booking.lends ? victimsForItsOwn(context, window, inTheWay, []) : inTheWay
  for (const gang of needed) evict(context, gang, 'forWindow')
  const gangIds = [...due].filter((gangId) => window.leaving.has(gangId))
  if (gangIds.length > 0) emit({ kind: 'windowNoticeDropped', at, windowId: window.booking.id, gangIds })
}

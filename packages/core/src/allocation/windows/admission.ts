import type { Instant } from '../../base/instant.ts'
import type { Gang } from '../../demand/gang.ts'
import type { AllocationState } from '../allocation-state.ts'
import type { Part } from '../events.ts'
import { type BookedWindow, timeOf } from './booked-windows.ts'

/** A stay that is looked at. */
export interface Stay {
  readonly gang: Gang
  readonly at: Instant
  /** By its limit; infinite where it stated none. */
  readonly end: number
}

/**
 * Whether a gang may start on a window's room. Before the window opens: whoever will have ended by then, or can be made to
 * leave within the notice that was promised, or may use the window itself. While it is open: its own gangs; and where it lends
 * what they leave free, those who can be made to leave, unless somebody was told to go for one of its own.
 */
export function admits(state: AllocationState, window: BookedWindow, { gang, at, end }: Stay): boolean {
  const { booking, isOpen, leaving } = window
  const named = windowNamedBy(state, gang)
  const isForAnother = named !== undefined && named !== window
  if (!isForAnother && isItsOwn(state, window, gang)) return isOpen || booking.isFor === 'tenant'
  if (!isOpen) return leavesInTime(state, timeOf(window).start, { gang, at, end })
  if (isForAnother) return false
  return booking.lends && gang.reclaimable && leaving.size === 0
}

/** Whether a gang that starts at `at` is gone by the opening, by itself or because it was told to go. */
export function leavesInTime(state: AllocationState, opening: number, { gang, at, end }: Stay): boolean {
  return end <= opening || (gang.reclaimable && at + state.noticeMs <= opening)
}

/** Whether a gang may use the window when it is open. */
export function isItsOwn(
  state: AllocationState,
  { booking }: Pick<BookedWindow, 'booking'>,
  gang: Gang,
): boolean {
  if (booking.isFor === 'named') return gang.window === booking.id
  return state.accounts.isWithin(gang.tenant, booking.tenant)
}

/** The window for which the gang waits; one that names a window that is gone is as any other. */
export function windowNamedBy(state: AllocationState, gang: Gang): BookedWindow | undefined {
  return gang.window === undefined ? undefined : state.windows.get(gang.window)
}

/** Whether any of the parts lies on the window's room. */
export function touches({ poolId, room }: BookedWindow, parts: readonly Part[]): boolean {
  return parts.some(
    (part) =>
      part.poolId === poolId &&
      part.runs.some((run) =>
        room.some(({ first, nodes }) => first < run.first + run.nodes && run.first < first + nodes),
      ),
  )
}

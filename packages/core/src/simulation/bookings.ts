import type { Span } from '../base/span.ts'
import { type Booking, occurrence, timesOf, timesWithin } from '../demand/booking.ts'
import type { TimedCommand } from './simulator.ts'

/**
 * Books what a portfolio says at the start of the stretch that is played, in the order of its files: of a window that comes back
 * those times that start within it, or else the next one. Whatever the fleet cannot hold, or the tenant may not book, the allocator refuses.
 */
export function bookingCommands(windows: readonly Booking[], played: Span): TimedCommand[] {
  return windows.map((booking) => ({
    at: played.start,
    command: { kind: 'bookWindow', booking: bookedFor(booking, played) },
  }))
}

/** The same booking, from its first time within the stretch to its last; one that is over stays as it is. */
function bookedFor(booking: Booking, played: Span): Booking {
  if (isOver(booking, played)) return booking
  const { first, count } = timesWithin(booking, played)
  const { repeat, ...once } = { ...booking, ...occurrence(booking, first) }
  return repeat ? { ...once, repeat: { ...repeat, times: Math.max(1, count) } } : once
}

function isOver(booking: Booking, played: Span): boolean {
  return timesWithin(booking, played).first >= timesOf(booking)
}

/** The workload, whose gangs run at any time where the window that they name began before what is played. */
export function withoutPastWindow<Work extends { readonly window?: string }>(
  workload: Work,
  windows: readonly Booking[],
  played: Span,
): Omit<Work, 'window'> {
  const named = windows.find(({ id }) => id === workload.window)
  if (!named || !isOver(named, played)) return workload
  const { window: _, ...rest } = workload
  return rest
}

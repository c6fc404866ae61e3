import type { Span } from '../base/span.ts'
import { type Booking, occurrence, timesOf } from '../demand/booking.ts'
import type { TimedCommand } from './simulator.ts'

/**
 * Books what a portfolio says at the start of the stretch that is played, in the order of its files: of a window that comes back
 * those times that start within it. Whatever the fleet cannot hold, or the tenant may not book, the allocator refuses.
 */
export function bookingCommands(windows: readonly Booking[], played: Span): TimedCommand[] {
  return windows.flatMap((booking) => {
    const within = timesWithin(booking, played)
    return within ? [{ at: played.start, command: { kind: 'bookWindow', booking: within } }] : []
  })
}

/** The same booking, from its first time within the stretch to its last. */
function timesWithin(booking: Booking, { start, until }: Span): Booking | undefined {
  const times = Array.from({ length: timesOf(booking) }, (_, n) => occurrence(booking, n))
  const within = times.filter((time) => time.start >= start && time.start < until)
  const [first] = within
  if (!first) return undefined
  const { repeat, ...once } = { ...booking, ...first }
  return repeat ? { ...once, repeat: { ...repeat, times: within.length } } : once
}

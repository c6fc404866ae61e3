import type { Instant } from '../base/instant.ts'
import type { Span } from '../base/span.ts'
import type { TopologyNeed } from './gang.ts'

/** A part of the fleet that a tenant books for a stretch of time to come, once or again and again. */
export interface Booking {
  readonly id: string
  readonly tenant: string
  /** What is booked: room for so many members, as for a gang of one role. */
  readonly members: number
  readonly acceleratorsPerMember: number
  readonly within: TopologyNeed
  /** Hardware, in the order of its liking. */
  readonly accepts: readonly string[]
  /** The one pool in which it may lie; any of the accepted hardware where absent. */
  readonly pool?: string
  /** Of its first time. */
  readonly start: Instant
  readonly until: Instant
  /** How often it comes back: without end, in what is stated alone, for as long as is played. */
  readonly repeat?: { readonly everyMs: number; readonly times: number }
  /** Whether any gang of the tenant, or of a tenant below it, may use it, or only those that name it. */
  readonly isFor: 'tenant' | 'named'
  /** Whether others may use meanwhile what its gangs leave free. */
  readonly lends: boolean
}

/** The most often that a booking comes back: every week for nineteen years. */
export const MOST_TIMES = 1000

export function timesOf({ repeat }: Booking): number {
  return repeat?.times ?? 1
}

/** When it is the tenant's for the n-th time, from 0 on. */
export function occurrence({ start, until, repeat }: Booking, n: number): Span {
  const later = n * (repeat?.everyMs ?? 0)
  return { start: (start + later) as Instant, until: (until + later) as Instant }
}

/** The first of its times that starts within the stretch or later, from 0 on, and how many start within it. */
export function timesWithin(booking: Booking, { start, until }: Span): { first: number; count: number } {
  const firstFrom = (at: Instant): number => {
    if (at <= booking.start) return 0
    const { everyMs } = booking.repeat ?? {}
    return everyMs === undefined ? 1 : Math.min(timesOf(booking), Math.ceil((at - booking.start) / everyMs))
  }
  const first = firstFrom(start)
  return { first, count: firstFrom(until) - first }
}

/** Whether two bookings, of which so many times are over, are ever in force at once. */
export function everMeet(a: Booking, b: Booking, doneOfA = 0, doneOfB = 0): boolean {
  let [n, m] = [doneOfA, doneOfB]
  while (n < timesOf(a) && m < timesOf(b)) {
    const one = occurrence(a, n)
    const other = occurrence(b, m)
    if (one.start < other.until && other.start < one.until) return true
    if (one.until <= other.start) n += 1
    else m += 1
  }
  return false
}

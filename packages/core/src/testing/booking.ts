import { instant, MINUTE_MS } from '../base/instant.ts'
import type { Booking } from '../demand/booking.ts'

/** What a test says of a booking: one node of 8 of the pool `main`, from minute 60 to minute 120, for any gang of its tenant. */
export interface BookingLike extends Partial<Omit<Booking, 'start' | 'until' | 'repeat'>> {
  readonly from?: number
  readonly to?: number
  readonly everyMinutes?: number
  readonly times?: number
}

export function aBooking(id: string, like: BookingLike = {}): Booking {
  const { from = 60, to = 120, everyMinutes, times = 1, ...rest } = like
  return {
    id,
    tenant: 'us',
    members: 1,
    acceleratorsPerMember: 8,
    within: { level: 'pool', required: true },
    accepts: ['gpu'],
    start: instant(from * MINUTE_MS),
    until: instant(to * MINUTE_MS),
    ...(everyMinutes === undefined ? {} : { repeat: { everyMs: everyMinutes * MINUTE_MS, times } }),
    isFor: 'tenant',
    lends: false,
    ...rest,
  }
}

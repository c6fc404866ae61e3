import type { BookedRow } from '@offtake/core/simulation/booking-observer'

/** Why a window was refused, in the words of whoever booked it. */
export function windowRefusalText(because: NonNullable<BookedRow['refused']>): string {
  return WINDOW_REFUSALS[because] ?? because
}

const WINDOW_REFUSALS: Readonly<Record<string, string>> = {
  windowInThePast: 'it began before what is played',
  noRoomForWindow: 'the fleet has no such room beside other bookings and what runs',
  beyondItsRight: 'its tenant does not own so much',
}

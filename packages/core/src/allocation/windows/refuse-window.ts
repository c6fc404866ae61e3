import type { Instant } from '../../base/instant.ts'
import { type Booking, MOST_TIMES } from '../../demand/booking.ts'
import type { Gang } from '../../demand/gang.ts'
import type { AllocationState } from '../allocation-state.ts'
import type { RefusalCause } from '../events.ts'
import { isItsOwn } from './admission.ts'
import { planWindow } from './plan-window.ts'

/** The most accelerators that one booking may name. */
const COUNT_MAX = 100_000_000

/** Why a booking cannot be taken; nothing where it can. */
export function refuseWindow(
  state: AllocationState,
  booking: Booking,
  at: Instant,
): RefusalCause | undefined {
  if (state.windows.get(booking.id)) return 'duplicateWindow'
  if (!state.accounts.knows(booking.tenant)) return 'unknownTenant'
  if (booking.pool !== undefined && !state.poolById.has(booking.pool)) return 'unknownPool'
  if (!isGoodBooking(booking)) return 'malformed'
  if (booking.start < at) return 'windowInThePast'
  const plan = planWindow(state, booking, at)
  return typeof plan === 'string' ? plan : undefined
}

/** Why a gang may not name the window that it names. */
export function refuseNaming(state: AllocationState, gang: Gang): RefusalCause | undefined {
  if (gang.window === undefined) return undefined
  const window = state.windows.get(gang.window)
  // One that is over holds nobody up.
  if (!window) return state.windows.gone.has(gang.window) ? undefined : 'unknownWindow'
  const isOfTenant = isItsOwn(state, { booking: { ...window.booking, isFor: 'tenant' } }, gang)
  return isOfTenant ? undefined : 'notItsWindow'
}

/** Whether it says what there can be. */
export function isGoodBooking(booking: Booking): boolean {
  return isGoodSize(booking) && isGoodTime(booking)
}

function isGoodSize({ members, acceleratorsPerMember, accepts }: Booking): boolean {
  const counts = [members, acceleratorsPerMember, members * acceleratorsPerMember]
  return counts.every((count) => isPositive(count) && count <= COUNT_MAX) && accepts.length > 0
}

function isGoodTime({ start, until, repeat }: Booking): boolean {
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(until) || until <= start) return false
  if (!repeat) return true
  const { everyMs, times } = repeat
  const last = until + everyMs * (times - 1)
  return isPositive(times) && times <= MOST_TIMES && everyMs >= until - start && Number.isSafeInteger(last)
}

function isPositive(count: number): boolean {
  return Number.isSafeInteger(count) && count > 0
}

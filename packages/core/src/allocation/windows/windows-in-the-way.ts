import { type Instant, later } from '../../base/instant.ts'
import { occurrence, timesOf } from '../../demand/booking.ts'
import type { AllocationState } from '../allocation-state.ts'
import { endBy, type GangState } from '../gang-state.ts'
import { isItsOwn } from './admission.ts'
import type { BookedWindow } from './booked-windows.ts'

/**
 * The windows of others that are open at any time until an owner's gang would have ended that starts when all that is asked
 * back is handed over: room is not kept for it on theirs, even if it would leave in time.
 */
export function windowsInTheWay(state: AllocationState, owner: GangState, at: Instant): BookedWindow[] {
  const pending = [...state.handOvers.values()].map(({ by }) => by)
  const latest = Math.max(later(at, state.noticeMs), ...pending) as Instant
  const speeds = owner.gang.roles.flatMap(({ accepts }) => accepts.map(({ speed }) => speed))
  const until = endBy(owner, latest, Math.min(...speeds))
  return [...state.windows].filter((window) => {
    const { booking, done } = window
    if (booking.isFor === 'tenant' && isItsOwn(state, window, owner.gang)) return false
    for (let n = done; n < timesOf(booking); n++) {
      const time = occurrence(booking, n)
      if (time.start < until && at < time.until) return true
    }
    return false
  })
}

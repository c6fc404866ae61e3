import type { StartRange } from '@offtake/core/allocation/explain/calibration'
import type { WaitCause } from '@offtake/core/allocation/explain/cause'
import type { Waiting } from '@offtake/core/allocation/explain/explain'
import type { Change } from '@offtake/core/allocation/explain/offer'
import { DAY_MS, formatInstant, HOUR_MS, type Instant, MINUTE_MS } from '@offtake/core/base/instant'
import { formatCount, formatHours } from '../text/format-number.ts'
import { moneyCauseText, moneyChangeText } from './money-wait-text.ts'

/** Why a gang does not start in a pool, in words. */
export function causeText(cause: WaitCause): string {
  switch (cause.kind) {
    case 'neverFits':
      return 'it would not fit even if nothing ran'
    case 'noRoom':
      return `no room: ${cause.free} accelerators are free, it needs ${cause.needed}`
    case 'roomInPieces':
      return `room only in pieces: ${cause.free} accelerators are free, but its members of ${cause.needed} find no nodes`
    case 'topology':
      return `there is room, but not within one ${cause.level}`
    case 'draining':
      return `there would be room, but its nodes drain, from ${formatInstant(cause.by as Instant)} on they are out of service, and it would run longer`
    case 'spread':
      return `there is room, but too near to others of its group: they are kept apart over ${cause.over}s`
    case 'quota':
      return `${cause.tenant} has ${cause.ownRoom} of its own free, it needs ${cause.needed} and may not borrow the rest`
    case 'promised':
      return `the room is promised to ${cause.toGangId}${Number.isFinite(cause.start) ? ` from ${formatInstant(cause.start as Instant)} on` : ''}`
    case 'blocked':
      return `nobody may pass ${cause.byGangId ?? 'the one ahead'}, which waits there`
    case 'priority':
      return `${cause.ofGangId} goes first by its priority`
    case 'rank':
      return `those that the policy ranks before it hold ${formatCount(cause.accelerators)} accelerators there; it comes after ${cause.ofGangId}`
    case 'window':
      return `the room is booked by ${cause.tenant} (${cause.windowId}) ${fromTo(cause)}, and it would not have left it`
    case 'ownWindow':
      return `it waits for its window ${cause.windowId}, which opens at ${formatInstant(cause.start as Instant)}`
    case 'ownWindowFull':
      return `its window ${cause.windowId} is open until ${formatInstant(cause.until as Instant)}, and has no room for it`
    case 'onSpot':
    case 'price':
    case 'budget':
      return moneyCauseText(cause)
    case 'handOver':
      return `room is kept for it, and handed over by ${formatInstant(cause.by as Instant)}`
  }
}

function fromTo({ start, until }: { readonly start: number; readonly until: number }): string {
  return `from ${formatInstant(start as Instant)} to ${formatInstant(until as Instant)}`
}

/** What would start it, in words. */
export function changeText(change: Change): string {
  switch (change.kind) {
    case 'topology':
      return change.level === 'pool'
        ? 'members anywhere in the pool'
        : `members within one ${change.level} only`
    case 'pool':
      return `accept ${change.hardware} in ${change.poolId}`
    case 'limit':
      return `a limit of ${spanText(change.limitMs)}`
    case 'withoutWindow':
      return `not to wait for its window ${change.windowId}`
    case 'reclaimable':
      return 'leave to ask it back'
    case 'accelerators':
      return `${formatCount(change.accelerators)} accelerators`
    case 'priority':
      return `priority ${change.priority}`
    case 'price':
    case 'budget':
      return moneyChangeText(change)
    case 'quota':
      return `a quota of ${formatCount(change.accelerators)} in ${change.poolId} for ${change.tenant}`
  }
}

/** When it will start, as far as that is known. */
export function etaText({ eta, isPromised }: Pick<Waiting, 'eta' | 'isPromised'>, at: Instant): string {
  if (!eta) return 'It would not start at all, if nothing happened but that others end.'
  const promise = isPromised
    ? 'That place is promised to it.'
    : 'No place is promised to it: a gang ahead, or one that comes and may pass, can take it.'
  return `It is expected to start at ${formatInstant(eta.at)}, in ${spanText(eta.at - at)}; ${rangeText(eta.range)}. ${promise}`
}

function rangeText(range: StartRange | undefined): string {
  if (!range) return 'too few starts were seen to state a range'
  if (range.from === range.until) return 'four times of five at that very moment, or nearly'
  return `four times of five between ${formatInstant(range.from)} and ${formatInstant(range.until)}`
}

/** In minutes below two hours, in days above two. */
export function spanText(ms: number): string {
  if (ms < 2 * HOUR_MS) return `${Math.round(ms / MINUTE_MS)} min`
  return ms < 2 * DAY_MS ? formatHours(ms / HOUR_MS) : `${(ms / DAY_MS).toFixed(1)} d`
}

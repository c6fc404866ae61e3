import type { Instant } from '../../base/instant.ts'
import type { AllocationEvent, Part } from '../events.ts'
import type { GangState } from '../gang-state.ts'
import { copyOf, type Deciding } from './copy.ts'
import type { TypicalStay } from './typical-stay.ts'

/** When and where a gang starts, as things stand. */
export interface Foreseen {
  readonly at: Instant
  readonly parts: readonly Part[]
}

interface End {
  readonly at: number
  readonly gangId: string
  readonly evictions: number
}

/**
 * Plays on with a copy: every gang that runs ends by its limit, or after a typical time where it stated none, those that wait
 * start as the allocator decides, and nobody else arrives. Stops when all that are asked for have started; those that are
 * missing never do.
 */
export function playForward(
  allocator: Deciding,
  at: Instant,
  typical: TypicalStay,
  gangIds: ReadonlySet<string>,
): Map<string, Foreseen> {
  const copy = copyOf(allocator)
  const ends: End[] = []
  const foreseen = new Map<string, Foreseen>()
  const take = (events: readonly AllocationEvent[]): void => {
    for (const event of events) {
      if (event.kind !== 'placed') continue
      const gang = copy.state.gangs.get(event.gangId)
      if (gang?.running) addEnd(ends, gang, endOf(gang, event.at, typical))
      if (gangIds.has(event.gangId) && !foreseen.has(event.gangId))
        foreseen.set(event.gangId, { at: event.at, parts: event.parts })
    }
  }
  for (const gang of copy.state.gangs.values()) if (gang.running) addEnd(ends, gang, endOf(gang, at, typical))
  take(copy.apply({ kind: 'wake' }, at))
  while (foreseen.size < gangIds.size) {
    const end = ends.at(-1)
    const wake = copy.nextWake()
    if (wake !== undefined && wake <= (end?.at ?? Number.POSITIVE_INFINITY)) {
      take(copy.apply({ kind: 'wake' }, wake))
      continue
    }
    if (!end) break
    ends.pop()
    const gang = copy.state.gangs.get(end.gangId)
    if (!gang?.running || gang.evictions !== end.evictions) continue
    take(copy.apply({ kind: 'finish', gangId: end.gangId }, end.at as Instant))
  }
  return foreseen
}

/** When a running gang is expected to end, never before `at`. */
export function endOf(gang: GangState, at: Instant, typical: TypicalStay): number {
  if (Number.isFinite(gang.expectedEnd)) return Math.max(at, gang.expectedEnd)
  const ranMs = at - gang.placedAt
  return gang.placedAt + Math.max(ranMs, Math.ceil(typical.of(gang.gang, ranMs)))
}

/** Keeps the next end last. */
function addEnd(ends: End[], { gang, evictions }: GangState, at: number): void {
  let low = 0
  let high = ends.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ends[middle] as End).at > at) low = middle + 1
    else high = middle
  }
  ends.splice(low, 0, { at, gangId: gang.id, evictions })
}

import type { Instant } from '../../base/instant.ts'
import { occurrence, timesOf } from '../../demand/booking.ts'
import type { AllocationState } from '../allocation-state.ts'
import { tryPlaceApart } from '../apart/place-apart.ts'
import type { Part } from '../events.ts'
import { endBy, type GangState } from '../gang-state.ts'
import { heldIn } from '../opening.ts'
import type { PoolState } from '../pool-state.ts'
import { letGo, type Openings, runningIn } from '../reservation.ts'
import { acceleratorsInAnchor } from '../shape.ts'
import { isItsOwn, leavesInTime, touches } from './admission.ts'
import type { BookedWindow } from './booked-windows.ts'
import { Mask } from './mask.ts'
import { placeAmid } from './place-amid.ts'

/** How many times of a window that comes back are looked at, to see whether a gang finds room between two of them. */
const TIMES_LOOKED_AT = 4

/**
 * The earliest moment at which a gang finds room beside the windows of others, if every running gang ends by its limit,
 * nothing else starts and all who are in a window are gone when it closes; nothing where it finds none even then.
 */
export function openingsBeside(
  state: AllocationState,
  gang: GangState,
  anchor: PoolState,
): Openings | undefined {
  const { pools } = state
  const involved = [...new Set([anchor, ...gang.shape.pools.flat().map((n) => pools[n] as PoolState)])]
  const running = [...runningIn(involved)]
  const gone: GangState[] = []
  let found: Openings | undefined
  for (const moment of momentsOf(state, running)) {
    while ((running[gone.length]?.expectedEnd ?? Number.NaN) <= moment) {
      const next = running[gone.length] as GangState
      letGo(involved, next, 1)
      gone.push(next)
    }
    found = openingAt(state, gang, anchor, moment)
    if (found) break
  }
  for (const each of gone) letGo(involved, each, -1)
  return found
}

/** The same moment, found on trial; always, where there is room at once. */
export function startBeside(
  state: AllocationState,
  gang: GangState,
  anchor: PoolState,
  at: Instant,
): number | undefined {
  if (placeAmid(state, gang, anchor, at)) return Number.NEGATIVE_INFINITY
  return openingsBeside(state, gang, anchor)?.start
}

/** When something becomes free: a running gang ends, or a window closes. In the past where one ran past its limit. */
function momentsOf(state: AllocationState, running: readonly GangState[]): number[] {
  const closings = [...state.windows].flatMap(({ booking, done }) => {
    const times = Math.min(timesOf(booking), done + TIMES_LOOKED_AT)
    return Array.from({ length: times - done }, (_, n) => occurrence(booking, done + n).until as number)
  })
  const ends = running.map(({ expectedEnd }) => expectedEnd)
  return [...new Set([...ends, ...closings])].sort(compare)
}

function openingAt(
  state: AllocationState,
  gang: GangState,
  anchor: PoolState,
  moment: number,
): Openings | undefined {
  if (anchor.free.free < acceleratorsInAnchor(gang.shape, anchor.number)) return undefined
  const anywhere = tryPlaceApart(state, gang, anchor)
  if (!anywhere) return undefined
  const end = endBy(gang, moment as Instant, state.speedOf(gang, anywhere))
  const barring = [...state.windows].filter((window) => !leavesIt(state, window, gang, moment, end))
  const mask = Mask.over(state, barring)
  const parts = tryPlaceApart(state, gang, anchor)
  const found = parts && { start: moment, parts, byPool: openingsIn(state, gang, parts, moment) }
  mask.undo()
  return found && isDoneInTime(state, gang, barring, found) ? found : undefined
}

/** On other nodes it may be slower, and stay into a window that it would have left alone. */
function isDoneInTime(
  state: AllocationState,
  gang: GangState,
  barring: readonly BookedWindow[],
  { start, parts = [] }: Openings,
): boolean {
  const end = endBy(gang, start as Instant, state.speedOf(gang, parts))
  return [...state.windows].every(
    (window) =>
      barring.includes(window) || leavesIt(state, window, gang, start, end) || !touches(window, parts),
  )
}

/** Whether the gang, running from `start` to `end`, leaves the window's room to it at each of its times. */
function leavesIt(
  state: AllocationState,
  window: BookedWindow,
  { gang }: GangState,
  start: number,
  end: number,
): boolean {
  const { booking, done } = window
  if (booking.isFor === 'tenant' && isItsOwn(state, window, gang)) return true
  for (let n = done; n < timesOf(booking); n++) {
    const time = occurrence(booking, n)
    if (time.start >= end) return true
    if (time.until <= start) continue
    return leavesInTime(state, time.start, { gang, at: start as Instant, end })
  }
  return true
}

/** What is spare is known where only the count matters, and nodes state no cores or memory; in pools that hold nothing of it all is. */
function openingsIn(
  state: AllocationState,
  { shape }: GangState,
  parts: readonly Part[],
  start: number,
): Openings['byPool'] {
  return new Map(
    state.poolsOf(parts).map((pool) => {
      const { accelerators, cpuCores } = heldIn(pool, { parts })
      const isCounted = shape.countsOnly && !pool.room && Number.isFinite(start)
      const owed = pool.kept.reduce((sum, { acceleratorsMissing }) => sum + acceleratorsMissing, 0)
      const counted = isCounted ? Math.max(0, pool.free.free - accelerators - owed) : 0
      const spare = accelerators === 0 ? Number.POSITIVE_INFINITY : counted
      return [pool, { start, spare, spareCores: cpuCores === 0 ? Number.POSITIVE_INFINITY : 0 }]
    }),
  )
}

function compare(a: number, b: number): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

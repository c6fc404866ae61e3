import type { Path } from '../base/path.ts'
import type { Booking } from './booking.ts'
import { type DemandProblem, type DemandSurroundings, roomProblems, workProblems } from './validate.ts'

/** What contradicts itself in what a portfolio books; `path` leads to it from the window or the workload. */
export type BookingProblem =
  | DemandProblem
  | ({ readonly path: Path } & (
      | { readonly code: 'windowMeetsItself'; readonly lastsMs: number; readonly everyMs: number }
      | {
          readonly code: 'windowTooFarApart'
          readonly level: 'node' | 'domain' | 'block'
          readonly members: number
          readonly most: number
        }
      | { readonly code: 'unknownWindow'; readonly window: string }
    ))

export function bookingProblems(booking: Booking, surroundings: DemandSurroundings): BookingProblem[] {
  const { tenant, accepts, pool, start, until, repeat } = booking
  const named = accepts.map((hardware) => ({ hardware, speed: 1 }))
  const problems: BookingProblem[] = [
    ...workProblems(tenant, named, ['accepts'], surroundings),
    ...roomProblems({ ...booking, accepts: named }, [], surroundings).map(ofWindow),
  ]
  if (pool !== undefined && surroundings.pools && !surroundings.pools.has(pool))
    problems.push({ code: 'unknownPool', pool, path: ['pool'] })
  if (start >= until) problems.push({ code: 'reversedDates', start, until, path: ['until'] })
  const lastsMs = until - start
  if (repeat && repeat.everyMs < lastsMs)
    problems.push({ code: 'windowMeetsItself', lastsMs, everyMs: repeat.everyMs, path: ['every'] })
  return problems
}

function ofWindow(problem: DemandProblem): BookingProblem {
  return problem.code === 'replicaTooFarApart' ? { ...problem, code: 'windowTooFarApart' } : problem
}

/** `windows` are the ids that there are; unknown where absent. */
export function namedWindowProblems(
  { window }: { readonly window?: string },
  windows: ReadonlySet<string> | undefined,
): BookingProblem[] {
  if (window === undefined || !windows || windows.has(window)) return []
  return [{ code: 'unknownWindow', window, path: ['window'] }]
}

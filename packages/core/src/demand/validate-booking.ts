import type { Path } from '../base/path.ts'
import type { Span } from '../base/span.ts'
import { type Booking, MOST_TIMES, timesWithin } from './booking.ts'
import type { Tenant } from './tenant.ts'
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
      | { readonly code: 'windowTooOften'; readonly times: number; readonly most: number }
      | { readonly code: 'poolNotAccepted'; readonly pool: string; readonly accepts: readonly string[] }
      | { readonly code: 'notItsWindow'; readonly window: string; readonly owner: string }
      | { readonly code: 'unknownWindow'; readonly window: string }
    ))

/** `played` is the stretch in which it comes back; unknown where absent. */
export function bookingProblems(
  booking: Booking,
  surroundings: DemandSurroundings,
  played: Span | undefined,
): BookingProblem[] {
  const { tenant, accepts, pool, start, until, repeat } = booking
  const named = accepts.map((hardware) => ({ hardware, speed: 1 }))
  const problems: BookingProblem[] = [
    ...workProblems(tenant, named, ['accepts'], surroundings),
    ...roomProblems({ ...booking, accepts: named }, [], surroundings).map(ofWindow),
  ]
  if (pool !== undefined && surroundings.pools && !surroundings.pools.has(pool))
    problems.push({ code: 'unknownPool', pool, path: ['pool'] })
  else if (pool !== undefined && !accepts.includes(pool.split('/')[2] ?? ''))
    problems.push({ code: 'poolNotAccepted', pool, accepts, path: ['pool'] })
  if (start >= until) problems.push({ code: 'reversedDates', start, until, path: ['until'] })
  const lastsMs = until - start
  if (repeat && repeat.everyMs < lastsMs)
    problems.push({ code: 'windowMeetsItself', lastsMs, everyMs: repeat.everyMs, path: ['every'] })
  const times = played && repeat && repeat.everyMs > 0 ? timesWithin(booking, played).count : 1
  if (times > MOST_TIMES) problems.push({ code: 'windowTooOften', times, most: MOST_TIMES, path: ['every'] })
  return problems
}

function ofWindow(problem: DemandProblem): BookingProblem {
  return problem.code === 'replicaTooFarApart' ? { ...problem, code: 'windowTooFarApart' } : problem
}

/** What a workload may name. */
export interface NamedWindows {
  /** The ids of all that there are; unknown where absent. */
  readonly ids: ReadonlySet<string> | undefined
  /** As far as they could be read. */
  readonly bookings: readonly Booking[]
  readonly tenants: readonly Tenant[]
}

export function namedWindowProblems(
  { window, tenant }: { readonly window?: string; readonly tenant: string },
  { ids, bookings, tenants }: NamedWindows,
): BookingProblem[] {
  if (window === undefined) return []
  const path = ['window']
  if (ids && !ids.has(window)) return [{ code: 'unknownWindow', window, path }]
  const owner = bookings.find(({ id }) => id === window)?.tenant
  if (owner === undefined || aboveOf(tenant, tenants).has(owner)) return []
  return [{ code: 'notItsWindow', window, owner, path }]
}

/** A tenant and all above it. */
function aboveOf(tenant: string, tenants: readonly Tenant[]): ReadonlySet<string> {
  const parents = new Map(tenants.map(({ id, parent }) => [id, parent]))
  const above = new Set<string>()
  for (let id: string | undefined = tenant; id !== undefined && !above.has(id); id = parents.get(id))
    above.add(id)
  return above
}

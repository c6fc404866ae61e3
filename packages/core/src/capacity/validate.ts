import type { Instant } from '../base/instant.ts'
import type { Path } from '../base/path.ts'
import type { Fleet, FleetPool } from './fleet.ts'

/** What contradicts itself in a fleet; `path` leads to it from the fleet. */
export type FleetProblem = { readonly path: Path } & (
  | { readonly code: 'unknownHardware'; readonly hardware: string }
  | { readonly code: 'unknownPool'; readonly pool: string }
  | { readonly code: 'shapeTwice'; readonly of: string }
  | { readonly code: 'failuresTwice'; readonly of: string }
  | { readonly code: 'reversedDates'; readonly start: Instant; readonly until: Instant }
)

/** `pools` are the ids that a shape or failures may name; unknown where absent. */
export function fleetProblems(
  fleet: Fleet,
  hardware: ReadonlySet<string>,
  pools: ReadonlySet<string> | undefined,
): FleetProblem[] {
  const told = (list: 'shapes' | 'failures', twice: 'shapeTwice' | 'failuresTwice'): FleetProblem[] => {
    const seen = new Set<string>()
    return fleet[list].flatMap((said, at) =>
      problemsOfName(said, { path: [list, at], seen, twice, hardware, pools }),
    )
  }
  return [
    ...told('shapes', 'shapeTwice'),
    ...told('failures', 'failuresTwice'),
    ...fleet.pools.flatMap((pool, at) => poolProblems(pool, ['pools', at], hardware)),
  ]
}

interface Naming {
  readonly path: Path
  readonly seen: Set<string>
  readonly twice: 'shapeTwice' | 'failuresTwice'
  readonly hardware: ReadonlySet<string>
  readonly pools: ReadonlySet<string> | undefined
}

/** Of what is said of one pool, or of one hardware. */
function problemsOfName(
  said: { readonly pool?: string; readonly hardware?: string },
  { path, seen, twice, hardware, pools }: Naming,
): FleetProblem[] {
  const problems: FleetProblem[] = []
  const of = said.pool ?? said.hardware ?? ''
  if (seen.has(of)) problems.push({ code: twice, of, path })
  seen.add(of)
  if (said.hardware !== undefined && !hardware.has(said.hardware))
    problems.push({ code: 'unknownHardware', hardware: said.hardware, path: [...path, 'hardware'] })
  if (said.pool !== undefined && pools && !pools.has(said.pool))
    problems.push({ code: 'unknownPool', pool: said.pool, path: [...path, 'pool'] })
  return problems
}

function poolProblems(listed: FleetPool, path: Path, hardware: ReadonlySet<string>): FleetProblem[] {
  const problems: FleetProblem[] = []
  if (!hardware.has(listed.pool.hardware))
    problems.push({
      code: 'unknownHardware',
      hardware: listed.pool.hardware,
      path: [...path, 'hardware'],
    })
  const { from, until } = listed
  if (from !== undefined && until !== undefined && from >= until)
    problems.push({ code: 'reversedDates', start: from, until, path: [...path, 'until'] })
  return problems
}

import type { Instant } from '../base/instant.ts'
import type { Path } from '../base/path.ts'
import type { Fleet, FleetPool, PoolShape } from './fleet.ts'

/** What contradicts itself in a fleet; `path` leads to it from the fleet. */
export type FleetProblem = { readonly path: Path } & (
  | { readonly code: 'unknownHardware'; readonly hardware: string }
  | { readonly code: 'unknownPool'; readonly pool: string }
  | { readonly code: 'shapeTwice'; readonly of: string }
  | { readonly code: 'reversedDates'; readonly start: Instant; readonly until: Instant }
)

/** `pools` are the ids that a shape may name; unknown where absent. */
export function fleetProblems(
  fleet: Fleet,
  hardware: ReadonlySet<string>,
  pools: ReadonlySet<string> | undefined,
): FleetProblem[] {
  const seen = new Set<string>()
  return [
    ...fleet.shapes.flatMap((shape, at) => shapeProblems(shape, ['shapes', at], seen, hardware, pools)),
    ...fleet.pools.flatMap((pool, at) => poolProblems(pool, ['pools', at], hardware)),
  ]
}

function shapeProblems(
  shape: PoolShape,
  path: Path,
  seen: Set<string>,
  hardware: ReadonlySet<string>,
  pools: ReadonlySet<string> | undefined,
): FleetProblem[] {
  const problems: FleetProblem[] = []
  const of = shape.pool ?? shape.hardware ?? ''
  if (seen.has(of)) problems.push({ code: 'shapeTwice', of, path })
  seen.add(of)
  if (shape.hardware !== undefined && !hardware.has(shape.hardware))
    problems.push({ code: 'unknownHardware', hardware: shape.hardware, path: [...path, 'hardware'] })
  if (shape.pool !== undefined && pools && !pools.has(shape.pool))
    problems.push({ code: 'unknownPool', pool: shape.pool, path: [...path, 'pool'] })
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

import type { Part } from './events.ts'
import type { GangState } from './gang-state.ts'
import { heldIn } from './opening.ts'
import type { Opening, PoolState } from './pool-state.ts'
import { acceleratorsInAnchor, type Shape, staysTogether } from './shape.ts'
import { tryPlace } from './trial.ts'

/** Where and when a shape will find room: an opening in each pool in which it would sit, all of the same start. */
export interface Openings {
  readonly start: number
  readonly byPool: ReadonlyMap<PoolState, Opening>
  /** Where it would sit, as far as that is not all in one pool. */
  readonly parts?: readonly Part[]
}

/**
 * The earliest moment at which a shape with its accelerators in the anchor finds room, if every running gang ends by its
 * limit and nothing else starts; nothing where it finds none even then.
 */
export function openingsFor(
  shape: Shape,
  anchor: PoolState,
  pools: readonly PoolState[],
): Openings | undefined {
  if (!staysTogether(shape, anchor.number)) return openingsApart(shape, anchor, pools)
  if (!anchor.openings.has(shape)) anchor.openings.set(shape, openingIn(shape, anchor, pools))
  const opening = anchor.openings.get(shape)
  return opening && { start: opening.start, byPool: new Map([[anchor, opening]]) }
}

/** The same, found anew: on trial, things are not as those remembered. */
export function startOnTrial(
  shape: Shape,
  anchor: PoolState,
  pools: readonly PoolState[],
): number | undefined {
  if (tryPlace(shape, anchor, pools)) return Number.NEGATIVE_INFINITY
  if (!staysTogether(shape, anchor.number)) return openingsApart(shape, anchor, pools)?.start
  return openingIn(shape, anchor, pools)?.start
}

function openingIn(shape: Shape, pool: PoolState, pools: readonly PoolState[]): Opening | undefined {
  return shape.countsOnly && !pool.room ? openingByCount(shape, pool) : openingByTrial(shape, pool, pools)
}

/** What owners still wait for is not spare, however much is free then. */
function openingByCount(shape: Shape, pool: PoolState): Opening | undefined {
  const owed = pool.kept.reduce((sum, { acceleratorsMissing }) => sum + acceleratorsMissing, 0)
  let free = pool.free.free
  let start = Number.NEGATIVE_INFINITY
  for (const gang of pool.running) {
    if (gang.expectedEnd > start && start > Number.NEGATIVE_INFINITY && free >= shape.accelerators) break
    start = gang.expectedEnd
    free += pool.drains.length === 0 ? heldIn(pool, gang).accelerators : freedBy(gang, pool)
  }
  if (pool.running.size === 0 || free < shape.accelerators) return undefined
  const spare = Number.isFinite(start) ? Math.max(0, free - shape.accelerators - owed) : 0
  return { start, spare, spareCores: Number.POSITIVE_INFINITY }
}

/** What the end of a running gang frees for others: nothing on nodes that drain. */
function freedBy({ parts }: GangState, { pool, free }: PoolState): number {
  let freed = 0
  for (const { poolId, runs } of parts) {
    if (poolId !== pool.id) continue
    for (const { first, nodes, each } of runs)
      for (let node = first; node < first + nodes; node++) if (free.isOnline(node)) freed += each
  }
  return freed
}

/** Beside a gang whose place depends on the topology no accelerator is spare, unless it needs none. */
function openingByTrial(shape: Shape, pool: PoolState, pools: readonly PoolState[]): Opening | undefined {
  const owed = pool.kept.reduce((sum, { cpuMissing }) => sum + cpuMissing, 0)
  let spareCores = Number.POSITIVE_INFINITY
  const found = firstRoom(shape, pool, [pool], pools, (start) => {
    if (shape.cpuCores === 0) return
    spareCores = Number.isFinite(start) ? Math.max(0, pool.cpuFree - shape.cpuCores - owed) : 0
  })
  if (!found) return undefined
  // Where nodes state their cores, or share accelerators out, whoever sits on a node may be in the way.
  if (pool.room) return { start: found.start, spare: 0, spareCores: shape.cpuCores === 0 ? spareCores : 0 }
  return { start: found.start, spare: shape.accelerators === 0 ? Number.POSITIVE_INFINITY : 0, spareCores }
}

/** In the pools that hold nothing of a kind, all of that kind is spare; in the others none. */
function openingsApart(shape: Shape, anchor: PoolState, pools: readonly PoolState[]): Openings | undefined {
  const others = shape.pools.flatMap((numbers) =>
    numbers.includes(anchor.number) ? [] : numbers.map((number) => pools[number] as PoolState),
  )
  const found = firstRoom(shape, anchor, [...new Set([anchor, ...others])], pools)
  if (!found) return undefined
  const inUse = [anchor, ...others].filter(({ pool }) => found.parts.some(({ poolId }) => poolId === pool.id))
  const byPool = new Map(
    inUse.map((pool) => {
      const { accelerators, cpuCores } = heldIn(pool, found)
      const spare = accelerators === 0 ? Number.POSITIVE_INFINITY : 0
      const spareCores = cpuCores === 0 ? Number.POSITIVE_INFINITY : 0
      return [pool, { start: found.start, spare, spareCores }]
    }),
  )
  return { ...found, byPool }
}

interface Room {
  readonly start: number
  readonly parts: readonly Part[]
}

/** Lets the gangs that run in these pools go one after the other until there is room, then puts all back. */
function firstRoom(
  shape: Shape,
  anchor: PoolState,
  involved: readonly PoolState[],
  pools: readonly PoolState[],
  look?: (start: number) => void,
): Room | undefined {
  const needed = acceleratorsInAnchor(shape, anchor.number)
  const gone: GangState[] = []
  let found: Room | undefined
  for (const together of byEnd(runningIn(involved))) {
    for (const gang of together) letGo(involved, gang, 1)
    gone.push(...together)
    const parts = anchor.free.free >= needed ? tryPlace(shape, anchor, pools) : undefined
    if (!parts) continue
    found = { start: (together[0] as GangState).expectedEnd, parts }
    break
  }
  if (found) look?.(found.start)
  for (const gang of gone) letGo(involved, gang, -1)
  return found
}

/** Those that end at the same moment together. */
function* byEnd(running: Iterable<GangState>): Generator<readonly GangState[]> {
  let together: GangState[] = []
  for (const gang of running) {
    if (together.length > 0 && gang.expectedEnd !== together[0]?.expectedEnd) {
      yield together
      together = []
    }
    together.push(gang)
  }
  if (together.length > 0) yield together
}

/** Those that run in the pools, by their ends. */
export function runningIn(pools: readonly PoolState[]): Iterable<GangState> {
  const [only] = pools
  if (pools.length === 1 && only) return only.running
  const all = [...new Set(pools.flatMap(({ running }) => [...running]))]
  return all.sort((a, b) => compare(a.expectedEnd, b.expectedEnd) || a.seq - b.seq)
}

/** Also of infinite numbers, whose difference is none. */
function compare(a: number, b: number): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Takes what a running gang holds in these pools out on trial, or with −1 puts it back. */
export function letGo(pools: readonly PoolState[], gang: GangState, sign: 1 | -1): void {
  for (const part of gang.parts) {
    const pool = pools.find((each) => each.pool.id === part.poolId)
    if (!pool) continue
    if (sign === 1) pool.free.give(part.runs)
    else pool.free.take(part.runs)
    pool.cpuFree += sign * part.cpuCores
  }
}

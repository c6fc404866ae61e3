import type { NodeRun, Part } from '../events.ts'
import type { FreeIndex } from '../free-index.ts'
import type { GangState } from '../gang-state.ts'
import { areWholeOnly, runsOf } from '../member-runs.ts'
import { acceptedPools } from '../money/accepted-pools.ts'
import { NOT_WORKING } from '../node-condition.ts'
import type { PassContext } from '../pass-context.ts'
import { start } from '../start.ts'
import { isAdmitted } from '../windows/place-beside.ts'

/** A gang that was stopped because nodes went out, and where it sat. */
export interface Stopped {
  readonly gang: GangState
  readonly parts: readonly Part[]
  /** Whether what it held was asked back: then its place is not its own any more. */
  readonly wasAsked: boolean
}

export function toStop(gang: GangState): Stopped {
  return { gang, parts: gang.parts, wasAsked: gang.reclaim !== undefined }
}

/**
 * Starts those again at once that sat in a pool with spares, and that find as much room in the same domain for each node that
 * they lost: on the other nodes they stay where they were.
 */
export function restartNearby(context: PassContext, stopped: readonly Stopped[]): void {
  for (const { gang, parts, wasAsked } of stopped) {
    const places = wasAsked ? undefined : replaced(context, parts)
    if (!places || !mayStay(context, gang, places)) continue
    const { borrowed, isAllowed } = context.state.accounts.borrowingOf(gang.gang.tenant, places)
    if (isAllowed) start(context, gang, { parts: places, borrowed })
  }
}

function mayStay(context: PassContext, waiting: GangState, parts: readonly Part[]): boolean {
  const { state, at } = context
  const { gang } = waiting
  if (waiting.mindsMoney && !mayPayFor(context, waiting, parts)) return false
  if (state.windows.size > 0 && !isAdmitted(state, waiting, at, parts)) return false
  const haveCores = parts.every(({ poolId, cpuCores }) => cpuCores <= Math.max(0, state.pool(poolId).cpuFree))
  return haveCores && (!gang.spread || state.groups.maySeat(gang.spread, parts, state.poolById))
}

/** It starts anew, and has lost work: that may cost more than it may, or than a budget has left. */
function mayPayFor({ state, at }: PassContext, waiting: GangState, parts: readonly Part[]): boolean {
  const anchor = parts.find(({ runs }) => runs.length > 0) ?? parts[0]
  return acceptedPools(state, waiting, at).some((number) => state.pools[number]?.pool.id === anchor?.poolId)
}

/** The same parts, with another node of its domain for each that went out; nothing where one finds none. */
function replaced(context: PassContext, parts: readonly Part[]): Part[] | undefined {
  if (!parts.every((part) => mayBeReplaced(context, part))) return undefined
  const taken = new Map<string, number>()
  // Those nodes first that are left, so that none of them is taken for another.
  for (const { poolId, runs } of parts)
    for (const { first, nodes, each } of runs)
      for (let node = first; node < first + nodes; node++)
        if (isLeft(context, poolId, node)) add(taken, `${poolId}#${node}`, each)
  const found: Part[] = []
  for (const part of parts) {
    const runs = replacedRuns(context, part, taken)
    if (!runs) return undefined
    found.push({ ...part, runs })
  }
  return areFree(context, taken) ? found : undefined
}

/** Where nodes stand by. Shares, and what is taken beside accelerators, are placed by looking at every node. */
function mayBeReplaced({ state }: PassContext, { poolId, runs }: Part): boolean {
  if (state.pool(poolId).pool.upkeep?.sparesPerDomain === undefined) return false
  return areWholeOnly(runs)
}

function isLeft({ state }: PassContext, poolId: string, node: number): boolean {
  return !state.pool(poolId).free.isOut(node, NOT_WORKING)
}

function replacedRuns(context: PassContext, part: Part, taken: Map<string, number>): NodeRun[] | undefined {
  const { free } = context.state.pool(part.poolId)
  const held = new Map<number, number>()
  for (const { first, nodes, each } of part.runs) {
    for (let seat = first; seat < first + nodes; seat++) {
      const stays = isLeft(context, part.poolId, seat)
      const node = stays ? seat : standIn(free, seat, each, (n) => taken.get(`${part.poolId}#${n}`) ?? 0)
      if (node === undefined) return undefined
      if (!stays) add(taken, `${part.poolId}#${node}`, each)
      held.set(node, (held.get(node) ?? 0) + each)
    }
  }
  return runsOf(held)
}

function areFree({ state }: PassContext, taken: ReadonlyMap<string, number>): boolean {
  return [...taken].every(([key, held]) => {
    const at = key.lastIndexOf('#')
    return state.pool(key.slice(0, at)).free.freeOf(Number(key.slice(at + 1))) >= held
  })
}

/** The fullest node of the lost one's domain that holds as much; the first of several. */
function standIn(
  free: FreeIndex,
  lost: number,
  each: number,
  takenOn: (node: number) => number,
): number | undefined {
  const domain = free.domainOf(lost)
  const first = free.firstNodeOf(domain)
  let best: number | undefined
  let least = Number.POSITIVE_INFINITY
  for (let node = first; node < first + free.nodesOf(domain); node++) {
    const left = free.freeOf(node) - takenOn(node)
    if (left < each || left >= least) continue
    best = node
    least = left
  }
  return best
}

function add(taken: Map<string, number>, key: string, each: number): void {
  taken.set(key, (taken.get(key) ?? 0) + each)
}

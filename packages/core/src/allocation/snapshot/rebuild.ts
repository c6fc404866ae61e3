import { type Instant, instant } from '../../base/instant.ts'
import type { Path } from '../../base/path.ts'
import type { AllocationState } from '../allocation-state.ts'
import type { Command } from '../commands.ts'
import { LEVELS } from '../durations/level.ts'
import { restoreChanges } from '../elastic/restore-changes.ts'
import type { Part } from '../events.ts'
import type { GangState } from '../gang-state.ts'
import { refusalOf } from '../refuse.ts'
import { cpuCoresOf } from '../shape.ts'
import { LearntMix } from '../shares/learnt-mix.ts'
import { areFreeTogether, fitsInRoom, takesBeside } from '../shares/restored-runs.ts'
import { rebuildMoney } from './money-snapshot.ts'
import { rebuildOffenders, rebuildOutage, restoreSpares } from './rebuild-condition.ts'
import type { GangSnapshot, HandOverSnapshot, PoolSnapshot, Snapshot } from './snapshot-data.ts'
import { rebuildWindow } from './window-snapshot.ts'

/** Restored before anything that has a time of its own. */
const BEFORE = instant(0)

/**
 * Fills an empty state, event by event, as it was when the snapshot was taken. Returns where the snapshot contradicts
 * itself; then the state is of no use.
 */
export function rebuild(state: AllocationState, snapshot: Snapshot): Path | undefined {
  restoreMix(state, snapshot)
  const problem =
    each('pools', snapshot.pools, (pool) => rebuildPool(state, pool)) ??
    rebuildOffenders(state, snapshot.offenders ?? []) ??
    restoreSpares(state, snapshot.pools) ??
    each('gangs', snapshot.gangs, (gang) => admit(state, gang)) ??
    each('gangs', snapshot.gangs, (gang) => seat(state, gang)) ??
    each('outages', snapshot.outages ?? [], (outage) => rebuildOutage(state, outage)) ??
    restoreSpares(state, snapshot.pools) ??
    rebuildTenants(state, snapshot) ??
    each('handOvers', snapshot.handOvers, (handOver) => rebuildHandOver(state, handOver)) ??
    each('gangs', snapshot.gangs, (gang) => rebuildChanges(state, gang)) ??
    each('ended', snapshot.ended, (id) => rebuildEnded(state, id)) ??
    each('windowsGone', snapshot.windowsGone ?? [], (id) => void state.windows.gone.add(id)) ??
    each('windows', snapshot.windows ?? [], (window) => rebuildWindow(state, window)) ??
    rebuildMoney(state, snapshot.money) ??
    rebuildDurations(state, snapshot.durations ?? [])
  if (problem) return problem
  const lastMoment = snapshot.now ?? Number.POSITIVE_INFINITY
  const isLate = snapshot.gangs.some(({ stay }) => (stay?.changes?.since ?? stay?.placedAt ?? 0) > lastMoment)
  if (isLate) return ['now']
  if (snapshot.nextSeq < state.nextSeq) return ['nextSeq']
  state.nextSeq = snapshot.nextSeq
  state.now = instant(snapshot.now ?? Number.NEGATIVE_INFINITY)
  state.isPassDue = true
  return undefined
}

/** Before there are pools, which choose places by it. */
function restoreMix(state: AllocationState, { mix }: Snapshot): void {
  if (!mix) return
  state.mix = LearntMix.of(mix.kinds)
  state.sharesOut = mix.sharesOut
}

/** The path to the first item that is wrong, and within it. */
function each<Item>(
  field: string,
  items: readonly Item[],
  restore: (item: Item) => Path | undefined,
): Path | undefined {
  for (const [n, item] of items.entries()) {
    const wrong = restore(item)
    if (wrong) return [field, n, ...wrong]
  }
  return undefined
}

function isRefused(state: AllocationState, command: Command): boolean {
  const at = Number.isFinite(state.now) ? state.now : BEFORE
  return refusalOf(state, command, at) !== undefined
}

function rebuildPool(
  state: AllocationState,
  { pool, groups, cpuCores, failed, removed, slow = [] }: PoolSnapshot,
): Path | undefined {
  const at = BEFORE
  const poolId = pool.id
  if (isRefused(state, { kind: 'openPool', pool })) return ['pool']
  state.evolve({ kind: 'poolOpened', at, pool })
  if (isRefused(state, { kind: 'addNodes', poolId, nodes: groups, cpuCores })) return ['groups']
  state.evolve({ kind: 'nodesAdded', at, poolId, nodes: groups, cpuCores })
  for (const [n, { first, nodes }] of removed.entries()) {
    if (isRefused(state, { kind: 'removeNodes', poolId, firstNode: first, nodes })) return ['removed', n]
    state.evolve({ kind: 'nodesRemoved', at, poolId, firstNode: first, nodes })
  }
  for (const [n, { first, nodes }] of failed.entries()) {
    for (let node = first; node < first + nodes; node++) {
      if (isRefused(state, { kind: 'failNode', poolId, node })) return ['failed', n]
      state.evolve({ kind: 'nodeFailed', at, poolId, node })
    }
  }
  for (const [n, [node, speed]] of slow.entries()) {
    if (isRefused(state, { kind: 'degradeNode', poolId, node, speed })) return ['slow', n]
    state.evolve({ kind: 'nodeDegraded', at, poolId, node, speed })
  }
  return undefined
}

/** Before tenants are named, so that the gangs of tenants that are named no longer are taken too. */
function admit(
  state: AllocationState,
  { gang, submittedAt, seq, evictions, keptMs, servedMs, expectedMs, taughtLevel = 0, resizes }: GangSnapshot,
): Path | undefined {
  // A window that it names may be gone.
  const { window: _, ...alone } = gang
  if (isRefused(state, { kind: 'submit', gang: alone })) return ['gang']
  if (seq < state.nextSeq) return ['seq']
  if (taughtLevel >= LEVELS) return ['taughtLevel']
  if (expectedMs !== undefined && gang.limitMs !== undefined) return ['expectedMs']
  state.admit(gang, instant(submittedAt), {
    seq,
    evictions,
    keptMs,
    servedMs,
    expectedMs,
    taughtLevel,
    resizes,
  })
  return undefined
}

function seat(state: AllocationState, { gang, stay }: GangSnapshot): Path | undefined {
  const found = state.gangs.get(gang.id)
  if (!stay || !found) return undefined
  const { placedAt, parts, borrowed } = stay
  if (!fitsRoles(state, found, parts) || !isFree(state, parts)) return ['stay', 'parts']
  state.evolve({ kind: 'placed', at: instant(placedAt), gangId: gang.id, parts, borrowed })
  return undefined
}

function rebuildChanges(state: AllocationState, { gang, stay, resizes = 0 }: GangSnapshot): Path | undefined {
  const found = state.gangs.get(gang.id)
  const { changes } = stay ?? {}
  if (!changes || !found) return undefined
  if (resizes === 0 || changes.since < (stay?.placedAt ?? 0)) return ['stay', 'changes']
  return restoreChanges(state, found, changes) ? undefined : ['stay', 'changes', 'grown']
}

function rebuildTenants(
  state: AllocationState,
  { tenants, noticeMs, turns, now }: Snapshot,
): Path | undefined {
  const order = turns ? { order: turns.rules } : {}
  if (isRefused(state, { kind: 'setTenants', tenants, noticeMs, ...order })) return ['tenants']
  state.evolve({ kind: 'tenantsSet', at: state.now, tenants, noticeMs, ...order })
  const { averages = [] } = turns ?? {}
  const wrong = averages.findIndex(([, pool, , at]) => !state.poolById.has(pool) || at > (now ?? at))
  if (wrong >= 0) return ['turns', 'averages', wrong]
  state.turns?.restore(averages)
  return undefined
}

function rebuildHandOver(
  state: AllocationState,
  { gangId, parts, by: byMs, victims }: HandOverSnapshot,
): Path | undefined {
  const owner = state.gangs.get(gangId)
  const by = instant(byMs)
  const at: Instant = state.now
  if (!owner || owner.running || state.handOvers.has(gangId)) return ['gangId']
  if (!fitsRoles(state, owner, parts)) return ['parts']
  state.evolve({ kind: 'handOverPlanned', at, gangId, parts, by })
  for (const [n, id] of victims.entries()) {
    const victim = state.gangs.get(id)
    if (!victim?.running || victim.reclaim) return ['victims', n]
    state.evolve({ kind: 'reclaimAsked', at, gangId: id, forGangId: gangId, by })
  }
  return undefined
}

function rebuildEnded(state: AllocationState, id: string): Path | undefined {
  if (state.gangs.isKnown(id)) return []
  state.gangs.end(id)
  return undefined
}

function rebuildDurations(
  state: AllocationState,
  durations: NonNullable<Snapshot['durations']>,
): Path | undefined {
  const isWrong = ([, { reached, ended }]: (typeof durations)[number]): boolean =>
    reached.length > LEVELS || reached.length !== ended.length
  const wrong = durations.findIndex(isWrong)
  if (wrong >= 0) return ['durations', wrong]
  state.durations.restore(durations)
  return undefined
}

/** Whether the parts are what the roles ask for, on nodes in service. */
function fitsRoles(state: AllocationState, { shape }: GangState, parts: readonly Part[]): boolean {
  return (
    parts.length === shape.roles.length &&
    shape.roles.every((role, r) => {
      const part = parts[r]
      const pool = part && state.poolById.get(part.poolId)
      if (!part || !pool || part.role !== role.name) return false
      if (pool.room && part.runs.length > 0 && pool.room.concerns(role))
        return fitsInRoom(pool.free, pool.room.nodes, role, part)
      if (part.cpuCores !== cpuCoresOf(role) || part.runs.some(takesBeside)) return false
      const each = role.acceleratorsPerMember
      const held = part.runs.reduce((sum, run) => sum + run.nodes * run.each, 0)
      const areWhole = part.runs.every((run) => run.nodes > 0 && run.each > 0 && run.each % each === 0)
      const areWorking = part.runs.every(({ first, nodes }) => pool.free.areWorking(first, nodes))
      return held === role.members * each && areWhole && areWorking
    })
  )
}

function isFree(state: AllocationState, parts: readonly Part[]): boolean {
  if (!areFreeInRooms(state, parts)) return false
  const taken = new Map<string, number>()
  for (const { poolId, runs, cpuCores } of parts) {
    const pool = state.pool(poolId)
    const cores = (taken.get(poolId) ?? 0) + cpuCores
    if (cores > pool.cpuFree) return false
    taken.set(poolId, cores)
    for (const { first, nodes, each } of runs) {
      for (let node = first; each > 0 && node < first + nodes; node++) {
        const key = `${poolId}#${node}`
        const sum = (taken.get(key) ?? 0) + each
        if (sum > pool.free.freeOf(node)) return false
        taken.set(key, sum)
      }
    }
  }
  return true
}

function areFreeInRooms(state: AllocationState, parts: readonly Part[]): boolean {
  return [...new Set(parts.map(({ poolId }) => poolId))].every((poolId) => {
    const { room, free } = state.pool(poolId)
    const runs = parts.flatMap((part) => (part.poolId === poolId ? part.runs : []))
    return !room || areFreeTogether(free, room.nodes, runs)
  })
}

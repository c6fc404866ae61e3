import { failed, ok, type Result } from '../base/result.ts'
import { AllocationState } from './allocation-state.ts'
import type { Offender } from './failures/offender-book.ts'
import type { GangState } from './gang-state.ts'
import type { HandOver } from './hand-over.ts'
import { FAILED, SPARE } from './node-condition.ts'
import type { PoolState } from './pool-state.ts'
import { moneySnapshot } from './snapshot/money-snapshot.ts'
import { readSnapshot, type SnapshotProblem } from './snapshot/read-snapshot.ts'
import { rebuild } from './snapshot/rebuild.ts'
import {
  type GangSnapshot,
  type HandOverSnapshot,
  type OffenderSnapshot,
  type PoolSnapshot,
  SNAPSHOT_VERSION,
  type Snapshot,
  type StayChanges,
  type Stretch,
} from './snapshot/snapshot-data.ts'
import { windowSnapshot } from './snapshot/window-snapshot.ts'

export function takeSnapshot(state: AllocationState): Snapshot {
  state.money?.countUntil(state.now)
  return {
    version: SNAPSHOT_VERSION,
    ...(Number.isFinite(state.now) ? { now: state.now } : {}),
    noticeMs: state.noticeMs,
    nextSeq: state.nextSeq,
    tenants: state.tenants,
    pools: state.pools.map(poolSnapshot),
    gangs: [...state.gangs.values()].sort((a, b) => a.seq - b.seq).map(gangSnapshot),
    handOvers: [...state.handOvers.values()].map(handOverSnapshot),
    ended: [...state.gangs.ended],
    ...(state.windows.gone.size > 0 ? { windowsGone: [...state.windows.gone] } : {}),
    ...(state.windows.size > 0 ? { windows: [...state.windows].map(windowSnapshot) } : {}),
    ...(state.money ? { money: moneySnapshot(state.money) } : {}),
    ...(state.turns ? { turns: { rules: state.turns.rules, averages: state.turns.averages() } } : {}),
    ...(state.durations.version > 0 ? { durations: state.durations.entries() } : {}),
    ...(state.offenders.size > 0 ? { offenders: [...state.offenders].map(offenderSnapshot) } : {}),
    ...(state.outages.size > 0 ? { outages: [...state.outages] } : {}),
    ...mixSnapshot(state),
  }
}

/** The state that was taken, from data that may come from anywhere: what is wrong in it is named. */
export function restoreSnapshot(data: unknown): Result<AllocationState, SnapshotProblem> {
  const read = readSnapshot(data)
  if (!read.ok) return read
  const state = new AllocationState()
  const path = rebuild(state, read.value)
  return path ? failed({ code: 'malformedSnapshot', path }) : ok(state)
}

function poolSnapshot({ pool, groups, cpuCores, free, slow }: PoolState): PoolSnapshot {
  const isRemoved = (node: number): boolean => free.isRetired(node)
  const hasFailed = (node: number): boolean => free.isOut(node, FAILED) && !isRemoved(node)
  const spare = stretches(free.nodes, (node) => free.isOut(node, SPARE))
  return {
    pool,
    groups: [...groups],
    cpuCores,
    failed: stretches(free.nodes, hasFailed),
    removed: stretches(free.nodes, isRemoved),
    ...(spare.length > 0 ? { spare } : {}),
    ...(slow.size > 0 ? { slow: [...slow] } : {}),
  }
}

function mixSnapshot({ mix, sharesOut }: AllocationState): Pick<Snapshot, 'mix'> {
  return mix ? { mix: { sharesOut, kinds: mix.kinds() } } : {}
}

function stretches(nodes: number, isIn: (node: number) => boolean): Stretch[] {
  const found: Stretch[] = []
  for (let node = 0; node < nodes; node++) {
    if (!isIn(node)) continue
    const last = found.at(-1)
    if (last && last.first + last.nodes === node)
      found[found.length - 1] = { first: last.first, nodes: last.nodes + 1 }
    else found.push({ first: node, nodes: 1 })
  }
  return found
}

function offenderSnapshot({ keptOutUntil, ...offender }: Offender): OffenderSnapshot {
  return keptOutUntil === undefined ? offender : { ...offender, keptOutUntil }
}

function gangSnapshot(state: GangState): GangSnapshot {
  const { gang, seq, submittedAt, evictions, keptMs, servedMs, resizes, placedAt, parts, borrowed } = state
  const { expectedMs, taughtLevel } = state
  const served = servedMs > 0 ? { servedMs } : {}
  const resized = resizes > 0 ? { resizes } : {}
  const expected = expectedMs === undefined ? {} : { expectedMs, taughtLevel }
  const known = { gang, seq, submittedAt, evictions, keptMs, ...served, ...expected, ...resized }
  if (!state.running) return known
  const changes = resizes > 0 ? { changes: changesOf(state) } : {}
  return { ...known, stay: { placedAt, parts, borrowed, ...changes } }
}

function changesOf(state: GangState): StayChanges {
  const { since, loadMs, loadedMs, openMs, clockMs, grown } = state
  return { since, loadMs, loadedMs, openMs, clockMs, grown }
}

function handOverSnapshot({ owner, parts, by, victims }: HandOver): HandOverSnapshot {
  return { gangId: owner.gang.id, parts, by, victims: [...victims].map(({ gang }) => gang.id) }
}

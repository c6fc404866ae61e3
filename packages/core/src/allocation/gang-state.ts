import type { Instant } from '../base/instant.ts'
import type { Gang } from '../demand/gang.ts'
import type { NodeRun, Part } from './events.ts'
import type { Kind, Shape } from './shape.ts'

/** Pools in order, as they were found at a moment while the ledger had one version. */
export interface AcceptedPools {
  readonly at: Instant
  readonly version: number
  /** The pools that they were chosen from. */
  readonly among: readonly number[]
  readonly numbers: readonly number[]
}

/** A place in a list. */
export interface Link {
  readonly seq: number
  previous: Link | undefined
  next: Link | undefined
}

/**
 * A gang as the allocator knows it, from its submission to its end.
 * waiting → running (placed) → waiting (evicted) or gone (finished, cancelled).
 */
export interface GangState extends Link {
  readonly gang: Gang
  readonly shape: Shape
  kind: Kind
  /** Whether money decides, too, where it starts. */
  mindsMoney: boolean
  /** Where money let it start when that was last asked: derived, never stored. */
  accepted: AcceptedPools | undefined
  /** Its place in the order of submissions. */
  readonly seq: number
  readonly submittedAt: Instant
  running: boolean
  evictions: number
  /** Work it has saved, in ms at speed 1. */
  keptMs: number
  /** How long it ran before `since`, its restarts apart, whether that was saved or not. */
  servedMs: number
  placedAt: Instant
  /** What it is expected to take in all, at speed 1: where it stated no limit and the policy foresees durations. */
  expectedMs: number | undefined
  /** The level of running time up to which it has taught how long gangs last. */
  taughtLevel: number
  /** Since when it has run at its present speed. */
  since: Instant
  /** What of `since` on it loads before it goes on, and what it loaded before in this stay. */
  loadMs: number
  loadedMs: number
  /** Work of this stay before `since` that is not saved, in ms at speed 1, and the running time since the last save. */
  openMs: number
  clockMs: number
  /** By its limit, or as expected, and not later also where it must give back at once what it has grown by; infinite where neither is known. */
  expectedEnd: number
  speed: number
  /** Where it was placed: at its smallest size where it is elastic. */
  parts: readonly Part[]
  /** Nodes of its elastic role beyond `parts`. They count as free for all who wait. */
  grown: readonly NodeRun[]
  /** How often its size or its place has changed. */
  resizes: number
  /** Accelerators beyond its tenant's own when it was placed. */
  borrowed: number
  /** Whether room is kept for it until others hand over the rest. */
  awaits: boolean
  /** While its capacity is asked back: until when it may stay, and for whom. */
  reclaim: { readonly by: Instant; readonly forGangId: string } | undefined
}

const NO_RUNS: readonly NodeRun[] = []

export function newGangState(gang: Gang, kind: Kind, seq: number, at: Instant): GangState {
  return {
    gang,
    shape: kind.shape,
    kind,
    mindsMoney: false,
    accepted: undefined,
    seq,
    submittedAt: at,
    running: false,
    evictions: 0,
    keptMs: 0,
    servedMs: 0,
    placedAt: at,
    expectedMs: undefined,
    taughtLevel: 0,
    since: at,
    loadMs: 0,
    loadedMs: 0,
    openMs: 0,
    clockMs: 0,
    expectedEnd: Number.POSITIVE_INFINITY,
    speed: 1,
    parts: [],
    grown: NO_RUNS,
    resizes: 0,
    borrowed: 0,
    awaits: false,
    reclaim: undefined,
    previous: undefined,
    next: undefined,
  }
}

/** What a gang brings along that has been here before. */
export interface Past {
  readonly seq: number
  readonly evictions: number
  readonly keptMs: number
  readonly servedMs?: number | undefined
  readonly expectedMs?: number | undefined
  readonly taughtLevel?: number
  readonly resizes?: number | undefined
}

export function bringAlong(state: GangState, before: Past): void {
  state.evictions = before.evictions
  state.keptMs = before.keptMs
  state.servedMs = before.servedMs ?? 0
  state.taughtLevel = before.taughtLevel ?? 0
  state.resizes = before.resizes ?? 0
}

/** What an evicted gang loads again before it goes on. */
export function overheadMs(state: GangState): number {
  return state.evictions > 0 ? state.gang.restartMs : 0
}

/** The limit that it stated, else what is expected of it; infinite where neither is known. */
export function limitOf({ gang, expectedMs }: GangState): number {
  return gang.limitMs ?? expectedMs ?? Number.POSITIVE_INFINITY
}

/** When it must have ended, or is expected to, if it started now at this speed; infinite where neither is known. */
export function endBy(state: GangState, at: Instant, speed: number): number {
  const limitMs = limitOf(state)
  return limitMs === Number.POSITIVE_INFINITY
    ? Number.POSITIVE_INFINITY
    : runsUntil(state, at, speed, limitMs)
}

/** When work of so many ms at speed 1 is done, by a gang that goes on at `at` and has done a part of it before. */
export function runsUntil(state: GangState, at: Instant, speed: number, workMs: number): number {
  const { keptMs, running, loadMs, openMs, resizes } = state
  const rest = Math.max(0, workMs - keptMs - (running ? openMs : 0)) / speed
  // Work of several speeds adds up to a hair more or less than it is.
  return at + (running ? loadMs : overheadMs(state)) + Math.ceil(resizes > 0 ? rest - HAIR_MS : rest)
}

const HAIR_MS = 1e-5

/** Running time since the gang goes on at its present speed, without what it loads. */
export function productiveMs({ since, loadMs }: GangState, at: Instant): number {
  return Math.max(0, at - since - loadMs)
}

/** Work it has done by the moment, saved or not, in ms at speed 1. */
export function workDoneBy(state: GangState, at: Instant): number {
  if (!state.running) return state.keptMs
  return state.keptMs + Math.floor(state.openMs + productiveMs(state, at) * state.speed)
}

/** What an eviction at this moment would save in all, in work at speed 1, and throw away, in running time. */
export function worthOfStopping(state: GangState, at: Instant): { keptMs: number; lostMs: number } {
  const { keptMs, lostMs } = savedBy(state, at)
  return { keptMs: Math.floor(state.resizes > 0 ? keptMs + HAIR_MS : keptMs), lostMs }
}

/** Work of earlier sizes counts to the next save as that of the present one does. */
function savedBy(state: GangState, at: Instant): { keptMs: number; lostMs: number; clockMs: number } {
  const { keptMs, openMs, loadedMs, speed } = state
  const { checkpointMs } = state.gang
  const ranMs = at - state.since
  const productive = productiveMs(state, at)
  const clock = state.clockMs + productive
  const savedMs = checkpointMs ? Math.floor(clock / checkpointMs) * checkpointMs : 0
  return {
    keptMs: savedMs > 0 ? keptMs + openMs + (savedMs - state.clockMs) * speed : keptMs,
    lostMs: loadedMs + ranMs - productive + clock - savedMs,
    clockMs: clock - savedMs,
  }
}

/** A stay begins: nothing of it is done. */
export function beginStay(state: GangState, at: Instant): void {
  state.placedAt = at
  state.since = at
  state.loadMs = overheadMs(state)
  state.loadedMs = 0
  state.openMs = 0
  state.clockMs = 0
}

/** It ends by an eviction, which leaves it with so much work. */
export function endStay(state: GangState, at: Instant, keptMs: number): void {
  state.servedMs += productiveMs(state, at)
  state.keptMs = keptMs
  state.evictions += 1
}

/** Counts what was done at the present speed: it is about to change, and the gang goes on at once. */
export function countWork(state: GangState, at: Instant): void {
  const { keptMs, clockMs } = savedBy(state, at)
  const productive = productiveMs(state, at)
  const workMs = state.keptMs + state.openMs + productive * state.speed
  state.loadedMs += at - state.since - productive
  state.loadMs = Math.max(0, state.loadMs - (at - state.since))
  state.servedMs += productive
  state.openMs = workMs - keptMs
  state.keptMs = keptMs
  state.clockMs = clockMs
  state.since = at
}

/** The same where it goes back to its last save and loads it. One that has not gone on yet only begins to load anew. */
export function goBackToSave(state: GangState, at: Instant): void {
  if (at === state.since) return
  const { keptMs } = savedBy(state, at)
  state.servedMs += productiveMs(state, at)
  state.keptMs = keptMs
  state.openMs = 0
  state.clockMs = 0
  state.loadedMs = 0
  state.loadMs = state.gang.restartMs
  state.since = at
}

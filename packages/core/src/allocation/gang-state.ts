import type { Instant } from '../base/instant.ts'
import type { Gang } from '../demand/gang.ts'
import type { Part } from './events.ts'
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
  /** How long it ran in earlier stays, its restarts apart, whether that was saved or not. */
  servedMs: number
  placedAt: Instant
  /** What it is expected to take in all, at speed 1: where it stated no limit and the policy foresees durations. */
  expectedMs: number | undefined
  /** The level of running time up to which it has taught how long gangs last. */
  taughtLevel: number
  /** By its limit, or as expected; infinite where neither is known. */
  expectedEnd: number
  speed: number
  parts: readonly Part[]
  /** Accelerators beyond its tenant's own when it was placed. */
  borrowed: number
  /** Whether room is kept for it until others hand over the rest. */
  awaits: boolean
  /** While its capacity is asked back: until when it may stay, and for whom. */
  reclaim: { readonly by: Instant; readonly forGangId: string } | undefined
}

/** What a gang brings along that has been here before. */
export interface Past {
  readonly seq: number
  readonly evictions: number
  readonly keptMs: number
  readonly servedMs?: number
  readonly expectedMs?: number | undefined
  readonly taughtLevel?: number
}

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
    expectedEnd: Number.POSITIVE_INFINITY,
    speed: 1,
    parts: [],
    borrowed: 0,
    awaits: false,
    reclaim: undefined,
    previous: undefined,
    next: undefined,
  }
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

/** When work of so many ms at speed 1 is done, by a gang that starts at `at` and has saved a part of it before. */
export function runsUntil(state: GangState, at: Instant, speed: number, workMs: number): number {
  return at + overheadMs(state) + Math.ceil(Math.max(0, workMs - state.keptMs) / speed)
}

/** Work it has done by the moment, saved or not, in ms at speed 1. */
export function workDoneBy(state: GangState, at: Instant): number {
  if (!state.running) return state.keptMs
  const productiveMs = Math.max(0, at - state.placedAt - overheadMs(state))
  return state.keptMs + Math.floor(productiveMs * state.speed)
}

/** What an eviction at this moment would save in all, in work at speed 1, and throw away, in running time. */
export function worthOfStopping(state: GangState, at: Instant): { keptMs: number; lostMs: number } {
  const ranMs = at - state.placedAt
  const productiveMs = Math.max(0, ranMs - overheadMs(state))
  const { checkpointMs } = state.gang
  const savedMs = checkpointMs ? Math.floor(productiveMs / checkpointMs) * checkpointMs : 0
  return { keptMs: state.keptMs + Math.floor(savedMs * state.speed), lostMs: ranMs - savedMs }
}

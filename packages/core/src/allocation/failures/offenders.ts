import { type Instant, later } from '../../base/instant.ts'
import { KEPT_OUT, NOT_WORKING } from '../node-condition.ts'
import type { PassContext } from '../pass-context.ts'
import type { OffenderBook } from './offender-book.ts'

/** A repaired node that failed too often is kept out: from now on until its proof is over. */
export function keepOutOffender({ state, at, emit }: PassContext, poolId: string, node: number): void {
  const failures = state.offenders.failuresOf(state.pool(poolId), node, at)
  const until = later(at, state.pool(poolId).pool.upkeep?.offenders?.keepOutForMs ?? 0)
  emit({ kind: 'nodeKeptOut', at, poolId, node, failures, until })
}

export function isOffender({ state, at }: PassContext, poolId: string, node: number): boolean {
  const pool = state.pool(poolId)
  const rule = pool.pool.upkeep?.offenders
  return rule !== undefined && state.offenders.failuresOf(pool, node, at) >= rule.failures
}

/** Takes those back whose proof is over. */
export function readmitDue({ state, at, emit }: PassContext): void {
  if (state.offenders.keptOut === 0) return
  for (const { poolId, node, keptOutUntil } of [...state.offenders]) {
    if (keptOutUntil === undefined || keptOutUntil > at) continue
    const isOutOtherwise = state.pool(poolId).free.isOut(node, NOT_WORKING & ~KEPT_OUT)
    emit({ kind: 'nodeReadmitted', at, poolId, node, ...(isOutOtherwise ? { staysOut: true } : {}) })
  }
}

export function nextReadmission(offenders: OffenderBook): Instant | undefined {
  let next: Instant | undefined
  if (offenders.keptOut === 0) return next
  for (const { keptOutUntil } of offenders)
    if (keptOutUntil !== undefined && (next === undefined || keptOutUntil < next)) next = keptOutUntil
  return next
}

import { DAY_MS } from '../../base/instant.ts'
import { type GangState, overheadMs } from '../gang-state.ts'
import type { PoolState } from '../pool-state.ts'
import { chargedInAnchor, speedOn } from '../shape.ts'
import { egressMicros } from './egress.ts'
import { stretchedByLosses } from './losses.ts'
import type { MoneyLedger } from './money-ledger.ts'
import { PER_MICRO } from './money-unit.ts'

/** A gang that states no limit is taken to run for a day. */
const UNLIMITED_MS = DAY_MS

/** What a gang's work would cost in one pool, from now to its end. */
export interface PlacementCost {
  /** In micro-units × milliseconds per hour: exact. */
  readonly sum: bigint
  /** The work that it pays for, in accelerator-milliseconds at speed 1. */
  readonly work: bigint
  /** How long it would run there. */
  readonly runsMs: number
  /** Of the sum, what is paid once, for its data. */
  readonly once: bigint
  /** What its time costs at the prices of the moment. */
  readonly microsPerHour: number
}

/**
 * By what would sit in the pool, shares rounded up to whole accelerators: its accelerators come on top of what is in use there, and take what the merit order has
 * left (once so many others were freed), for as long as the gang's limit says at its speed there, restarts and expected losses included.
 */
export function placementCost(
  ledger: MoneyLedger,
  gang: GangState,
  pool: PoolState,
  freed = 0,
): PlacementCost {
  const { restartMs, checkpointMs, spending, limitMs = UNLIMITED_MS } = gang.gang
  const accelerators = Math.ceil(chargedInAnchor(gang.shape, pool.number))
  const workMs = Math.max(0, limitMs - gang.keptMs)
  const speed = Math.min(...gang.shape.roles.map((role) => speedOn(role, pool.pool)))
  const alone = overheadMs(gang) + Math.ceil(workMs / speed)
  const perNode = pool.groups[0]?.acceleratorsPerNode ?? 1
  const runsMs = stretchedByLosses(alone, {
    lossesPerHour: ledger.lossesPerNodeHour(pool.pool.id) * Math.ceil(accelerators / perNode),
    savesEveryMs: checkpointMs,
    restartMs,
  })
  const microsPerHour = ledger.priceOfNext(pool.pool.id, accelerators, freed)
  const egress = spending?.data ? egressMicros(spending.data, pool.pool, ledger.terms.egress) : 0n
  const once = egress * PER_MICRO
  return {
    sum: BigInt(microsPerHour) * BigInt(runsMs) + once,
    work: BigInt(accelerators) * BigInt(workMs),
    once,
    runsMs,
    microsPerHour,
  }
}

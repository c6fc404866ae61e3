import type { Instant } from '../../base/instant.ts'
import type { GangState } from '../gang-state.ts'
import { type BudgetMeter, expectedEndOf } from './budget-meter.ts'
import type { MoneyLedger } from './money-ledger.ts'
import { PER_MICRO } from './money-unit.ts'
import type { PlacementCost } from './placement-cost.ts'
import type { Budget, BudgetInterval } from './terms.ts'

/** A budget that keeps a gang waiting. Sums are in micro-units, rounded up. */
export interface BudgetObstacle {
  readonly kind: 'budget'
  readonly budget: Budget
  readonly interval: BudgetInterval
  readonly spentMicros: bigint
  /** What those that run are expected to cost until the interval ends. */
  readonly expectedMicros: bigint
  /** What the gang would cost until then. */
  readonly neededMicros: bigint
}

/** The first budget that keeps the gang from starting at this cost; what costs nothing more, none does. */
export function budgetObstacle(
  ledger: MoneyLedger,
  gang: GangState,
  cost: PlacementCost,
  at: Instant,
): BudgetObstacle | undefined {
  if (cost.sum === 0n) return undefined
  for (const meter of ledger.budgets.of(gang.gang)) {
    const interval = meter.runsAt(at)
    if (!interval) continue
    const spent = meter.spentBy(at, ledger.countedUntil)
    const expected = expectedRest(ledger, meter, at, interval)
    const ms = Math.min(cost.runsMs, interval.until - at)
    const needed = BigInt(cost.microsPerHour) * BigInt(ms) + cost.once
    if (isWithin(meter, interval, { spent, expected, needed }, at)) continue
    return {
      kind: 'budget',
      budget: meter.budget,
      interval,
      spentMicros: inMicros(spent),
      expectedMicros: inMicros(expected),
      neededMicros: inMicros(needed),
    }
  }
  return undefined
}

interface Sums {
  readonly spent: bigint
  readonly expected: bigint
  readonly needed: bigint
}

function isWithin(
  { budget }: BudgetMeter,
  { start, until, micros }: BudgetInterval,
  { spent, expected, needed }: Sums,
  at: Instant,
): boolean {
  const amount = BigInt(micros) * PER_MICRO
  if (budget.kind === 'limit') return spent + expected + needed <= amount
  return spent * BigInt(until - start) <= amount * BigInt(at - start)
}

/** At the prices of the moment, to their expected ends or the end of the interval. */
function expectedRest(
  ledger: MoneyLedger,
  meter: BudgetMeter,
  at: Instant,
  { until }: BudgetInterval,
): bigint {
  const { expected } = meter
  if (meter.budget.kind === 'brake') return 0n
  if (expected?.at === at && expected.version === ledger.version) return expected.sum
  let sum = 0n
  for (const gang of meter.running) {
    const restMs = Math.min(expectedEndOf(gang), until) - at
    if (restMs > 0) sum += BigInt(ledger.priceInUse(gang.parts)) * BigInt(Math.ceil(restMs))
  }
  meter.expected = { at, version: ledger.version, sum }
  return sum
}

function inMicros(sum: bigint): bigint {
  return (sum + PER_MICRO - 1n) / PER_MICRO
}

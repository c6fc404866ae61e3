import type { Instant } from '../../base/instant.ts'
import type { AllocationState } from '../allocation-state.ts'
import type { GangState } from '../gang-state.ts'
import { heldIn } from '../opening.ts'
import type { PoolState } from '../pool-state.ts'
import { type BudgetObstacle, budgetObstacle } from './budget-obstacle.ts'
import type { MoneyLedger } from './money-ledger.ts'
import { patienceEnd } from './patience.ts'
import { type PlacementCost, placementCost } from './placement-cost.ts'

/**
 * The numbers of the pools in which a gang may start as far as money decides, in the order in which it looks at them: of its
 * liking, or of what its work would cost there, equal ones by liking.
 */
export function acceptedPools(state: AllocationState, gang: GangState, at: Instant): readonly number[] {
  const { money } = state
  if (!money || !gang.mindsMoney) return gang.shape.anchors
  const known = gang.accepted
  const among = gang.shape.anchors
  if (known && known.at === at && known.version === money.version && known.among === among)
    return known.numbers
  const numbers = findAccepted(state, money, gang, at)
  gang.accepted = { at, version: money.version, among, numbers }
  return numbers
}

function findAccepted(
  { pools }: AllocationState,
  money: MoneyLedger,
  gang: GangState,
  at: Instant,
): readonly number[] {
  const open = gang.shape.anchors.flatMap((number) => {
    const pool = pools[number] as PoolState
    const cost = placementCost(money, gang, pool)
    return moneyObstacle(money, gang, { pool, cost, at }) ? [] : [{ number, cost }]
  })
  if (gang.gang.spending?.prefers === 'cheapest') open.sort((a, b) => compareCosts(a.cost, b.cost))
  return open.map(({ number }) => number)
}

/** Whether a gang may still start in a pool, as far as money decides, once others are stopped for it: prices change with use. */
export function isAcceptedWithout(
  { money }: AllocationState,
  gang: GangState,
  {
    pool,
    at,
    victims,
  }: { readonly pool: PoolState; readonly at: Instant; readonly victims: readonly GangState[] },
): boolean {
  if (!money || !gang.mindsMoney) return true
  const freed = victims.reduce((sum, victim) => sum + Math.floor(heldIn(pool, victim).accelerators), 0)
  const cost = placementCost(money, gang, pool, freed)
  return !moneyObstacle(money, gang, { pool, cost, at })
}

/** What keeps a gang out of a pool: it never sits on spot capacity, its work costs more there than it may, or than a budget has. */
export type MoneyObstacle = { readonly kind: 'onSpot' } | PriceObstacle | BudgetObstacle

interface PriceObstacle {
  readonly kind: 'price'
  readonly microsPerHour: bigint
  readonly maxMicrosPerHour: number
  readonly until: number
}

/** The first thing that money has against a gang in a pool; nothing where it may start there. */
export function moneyObstacle(
  money: MoneyLedger,
  gang: GangState,
  { pool, cost, at }: { readonly pool: PoolState; readonly cost: PlacementCost; readonly at: Instant },
): MoneyObstacle | undefined {
  const { spending } = gang.gang
  if (spending?.onSpot === false && money.hasSpot(pool.pool.id)) return { kind: 'onSpot' }
  return priceObstacle(gang, cost, at) ?? budgetObstacle(money, gang, cost, at)
}

function priceObstacle(gang: GangState, cost: PlacementCost, at: Instant): PriceObstacle | undefined {
  const until = patienceEnd(gang)
  if (at >= until) return undefined
  const maxMicrosPerHour = gang.gang.spending?.maxMicrosPerHour ?? 0
  if (cost.sum <= BigInt(maxMicrosPerHour) * cost.work) return undefined
  return { kind: 'price', microsPerHour: priceOfWork(cost), maxMicrosPerHour, until }
}

/** Of an accelerator-hour of work at speed 1, rounded up to the micro-unit. */
function priceOfWork({ sum, work }: PlacementCost): bigint {
  return work === 0n ? 0n : (sum + work - 1n) / work
}

/** The same work, so the sums tell. */
function compareCosts(a: PlacementCost, b: PlacementCost): number {
  return a.sum < b.sum ? -1 : a.sum > b.sum ? 1 : 0
}

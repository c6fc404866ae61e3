import type { Instant } from '../../base/instant.ts'
import type { Gang } from '../../demand/gang.ts'
import type { AllocationState } from '../allocation-state.ts'
import type { AllocationEvent, Part } from '../events.ts'
import type { Budget, BudgetInterval } from '../money/terms.ts'
import type { Broken } from './broken.ts'
import { acceleratorsInUse } from './money-rules.ts'
import type { CountedGang, Recount } from './recount.ts'

const DAY = 86_400_000
const HOUR = 3_600_000n

/** What time has cost up to a moment, with what gangs have held since the last event. */
export function countMoney(recount: Recount, at: Instant): void {
  const held = [...recount.gangs.values()].map(({ whole }) => whole)
  recount.money?.goOn(at, held, (ms) => countBudgets(recount, ms))
}

/** Adds to every budget what those that draw on it pay in a stretch of so many milliseconds in which nothing changes. */
function countBudgets(recount: Recount, ms: number): void {
  const { money } = recount
  if (!money) return
  for (const [budget, interval] of running(recount)) {
    let perHour = 0
    for (const poolId of recount.pools.keys()) {
      const drawing = [...recount.gangs.values()].filter(({ gang }) => drawsOn(recount, gang, budget))
      const milli = drawing.reduce((sum, { whole }) => sum + milliIn(whole, poolId), 0)
      perHour += Math.floor((milli / 1000) * priceOfEach(recount, poolId))
    }
    add(recount, budget, interval, BigInt(perHour) * BigInt(ms))
  }
}

/** What bringing its data costs a gang that was just placed. */
export function countEgress(recount: Recount, event: AllocationEvent): void {
  const gang = event.kind === 'placed' ? recount.gangs.get(event.gangId)?.gang : undefined
  if (event.kind !== 'placed' || !gang) return
  const { parts } = event
  const data = gang.spending?.data
  const anchor = parts.find(({ runs }) => runs.length > 0) ?? parts[0]
  const pool = recount.pools.get(anchor?.poolId ?? '')?.pool
  const price = recount.money?.terms.egress?.find(({ provider }) => provider === data?.provider)
  if (!data || !pool || !price) return
  const isHere = pool.provider === data.provider
  const perGb = isHere ? price.toRegionMicrosPerGb : price.toProviderMicrosPerGb
  if (isHere && pool.region === data.region) return
  for (const [budget, interval] of running(recount))
    if (drawsOn(recount, gang, budget)) add(recount, budget, interval, BigInt(perGb) * BigInt(data.gb) * HOUR)
}

/** Whether no budget keeps a gang from starting that would cost so much per hour, for so long, and so much at once. */
export function budgetsAllow(
  recount: Recount,
  gang: Gang,
  { perHour, ms, once }: { readonly perHour: number; readonly ms: number; readonly once: number },
): boolean {
  const { money } = recount
  if (!money || (perHour * ms === 0 && once === 0)) return true
  for (const [budget, interval] of running(recount)) {
    if (!drawsOn(recount, gang, budget)) continue
    const spent = Number(money.spent.get(keyOf(budget, interval)) ?? 0n) / Number(HOUR)
    const amount = Number(interval.micros)
    const passed = money.now - interval.start
    const length = interval.until - interval.start
    if (budget.kind === 'brake') {
      if (spent * length > amount * passed * (1 + 1e-12) + 1) return false
      continue
    }
    const needed = (perHour * Math.min(ms, interval.until - money.now)) / Number(HOUR) + once
    if (spent + expected(recount, budget, interval) + needed > amount + 1) return false
  }
  return true
}

/** Where what was spent of a budget differs from what was counted. */
export function budgetRules(recount: Recount, { money }: AllocationState): Broken[] {
  const counted = recount.money
  if (!counted || !money) return []
  return (counted.terms.budgets ?? []).flatMap((budget): Broken[] => {
    const meter = money.budgets.meters.get(budget.id)
    const interval = intervalAt(budget, counted.now)
    if (!meter || !interval) return []
    const expected = `${interval.start}: ${counted.spent.get(keyOf(budget, interval)) ?? 0n}`
    const found = `${meter.interval?.start}: ${meter.spent}`
    return expected === found ? [] : [{ rule: 'budgetsAreCounted', subject: budget.id, expected, found }]
  })
}

function expected(recount: Recount, budget: Budget, { until }: BudgetInterval): number {
  const now = recount.money?.now ?? 0
  let sum = 0
  for (const counted of recount.gangs.values()) {
    const { gang, parts } = counted
    if (!parts || !drawsOn(recount, gang, budget)) continue
    const restMs = Math.min(endOf(recount, counted, parts), until) - now
    for (const { poolId } of parts.filter(
      (part, n) => parts.findIndex((other) => other.poolId === part.poolId) === n,
    ))
      if (restMs > 0)
        sum += ((milliIn(parts, poolId) / 1000) * priceOfEach(recount, poolId) * restMs) / Number(HOUR)
  }
  return sum
}

/** One without a limit is expected to run for a day. Of one that has grown, only where it was placed is counted. */
function endOf(recount: Recount, { gang, placedAt, work }: CountedGang, parts: readonly Part[]): number {
  if (gang.limitMs === undefined) return placedAt + DAY
  return work.endsBy(gang.limitMs, recount.money?.now ?? placedAt, parts, recount)
}

function running({ money }: Recount): [Budget, BudgetInterval][] {
  return (money?.terms.budgets ?? []).flatMap((budget): [Budget, BudgetInterval][] => {
    const interval = money && intervalAt(budget, money.now)
    return interval ? [[budget, interval]] : []
  })
}

function intervalAt({ intervals }: Budget, at: number): BudgetInterval | undefined {
  return intervals.find(({ start, until }) => start <= at && at < until)
}

function drawsOn({ tenants }: Recount, { tenant, spending }: Gang, budget: Budget): boolean {
  if (spending?.budget === budget.id || budget.tenant === tenant) return true
  let above = tenants.find(({ id }) => id === tenant)
  while (above && above.id !== budget.tenant) above = tenants.find(({ id }) => id === above?.parent)
  return above !== undefined
}

/** What each accelerator in use in a pool bears per hour. */
function priceOfEach(recount: Recount, poolId: string): number {
  const { money } = recount
  const held = [...recount.gangs.values()].map(({ whole }) => whole)
  const used = acceleratorsInUse(held, poolId)
  if (!money || used === 0) return 0
  const seats = money.seats(poolId).slice(0, used)
  const sum = seats.reduce((total, { grant, price }) => total + (money.isUsedUp(grant.takeId) ? price : 0), 0)
  return Math.floor(sum / used)
}

function milliIn(parts: readonly Part[], poolId: string): number {
  let sum = 0
  for (const part of parts)
    if (part.poolId === poolId)
      for (const { nodes, each, milli = 0 } of part.runs) sum += nodes * each * 1000 + milli
  return sum
}

function add(recount: Recount, budget: Budget, interval: BudgetInterval, sum: bigint): void {
  const key = keyOf(budget, interval)
  const { money } = recount
  money?.spent.set(key, (money.spent.get(key) ?? 0n) + sum)
}

function keyOf({ id }: Budget, { start }: BudgetInterval): string {
  return `${id} from ${start}`
}

import type { Gang } from '../../demand/gang.ts'
import type { Part } from '../events.ts'
import type { Broken } from './broken.ts'
import { budgetsAllow } from './budget-rules.ts'
import { firstWaiting, hasRoomFor } from './first-waiting.ts'
import { acceleratorsInUse, type CountedMoney } from './money-rules.ts'
import { haveQuotas } from './quota-rules.ts'
import type { CountedGang, Recount } from './recount.ts'
import { startSize } from './start-size.ts'

const DAY = 86_400_000
const HOUR = 3_600_000

/** What a gang's work would come to in a pool: in micro-units, and per micro-unit of work, as a check may round it. */
interface Estimate {
  readonly micros: number
  readonly workHours: number
  readonly spent: { readonly perHour: number; readonly ms: number; readonly once: number }
}

/** What the start of a gang of one role breaks of what it said of money; `before` is what was before it. */
export function priceRules(before: Recount, counted: CountedGang, parts: readonly Part[]): Broken[] {
  const { money } = before
  const { gang } = counted
  const [role] = gang.roles
  const poolId = parts[0]?.poolId ?? ''
  // Who asked for room to be handed over takes it.
  if (!money || !role || gang.roles.length > 1 || before.handOvers.has(gang.id)) return []
  if (!isAffordable(before, counted, poolId))
    return [{ rule: 'paysNoMoreThanItMay', subject: gang.id, found: poolId }]
  if (before.turns || firstWaiting(before) !== counted) return []
  return cheaperThan(before, counted, poolId)
    .filter((id) => hasRoomFor(before, counted, id))
    .map((found) => ({ rule: 'looksForTheCheapest', subject: gang.id, found }))
}

/** Whether a gang of one role may start in a pool as far as money decides. */
export function isAffordable(recount: Recount, counted: CountedGang, poolId: string): boolean {
  const { money } = recount
  const { gang, submittedAt } = counted
  const { spending = {} } = gang
  if (!money) return true
  const hasSpot = money.seats(poolId).some(({ grant }) => grant.order === 'spot')
  if (spending.onSpot === false && hasSpot) return false
  const { mayWaitMs, maxMicrosPerHour } = spending
  const isBound =
    mayWaitMs === undefined ? maxMicrosPerHour !== undefined : money.now < submittedAt + mayWaitMs
  const { micros, workHours, spent } = estimate(recount, counted, poolId)
  if (!budgetsAllow(recount, gang, spent)) return false
  if (!isBound) return true
  const most = (maxMicrosPerHour ?? 0) * workHours
  return micros <= most * (1 + 1e-9) + 1e-3
}

/** Pools in which the first that waits would find room for less than in this one, if it looks for the cheapest. */
function cheaperThan(recount: Recount, counted: CountedGang, poolId: string): string[] {
  if (counted.gang.spending?.prefers !== 'cheapest' || !recount.money || haveQuotas(recount)) return []
  const here = estimate(recount, counted, poolId).micros
  const accepts = counted.gang.roles[0]?.accepts ?? []
  return [...recount.pools.values()]
    .filter(({ pool }) => accepts.some(({ hardware }) => hardware === pool.hardware))
    .filter(({ pool }) => isAffordable(recount, counted, pool.id))
    .filter(({ pool }) => estimate(recount, counted, pool.id).micros < here * (1 - 1e-9) - 1e-3)
    .map(({ pool }) => pool.id)
}

function estimate(recount: Recount, { gang, keptMs, evictions }: CountedGang, poolId: string): Estimate {
  const pool = recount.pools.get(poolId)
  const [role] = gang.roles
  const { money } = recount
  if (!pool || !role || !money) return { micros: 0, workHours: 0, spent: { perHour: 0, ms: 0, once: 0 } }
  const size = startSize(role)
  const shares = (size.members * (role.acceleratorMilliPerMember ?? 0)) / 1000
  const accelerators = size.members * role.acceleratorsPerMember + Math.ceil(shares)
  // What others have grown by is in use as well, and takes its place in the order of grants.
  const held = [...recount.gangs.values()].map(({ whole }) => whole)
  const inUse = acceleratorsInUse(held, poolId)
  const seats = money.seats(poolId)
  let perHour = 0
  for (const { grant, price } of seats.slice(inUse, inUse + accelerators))
    perHour += money.isUsedUp(grant.takeId) ? price : 0
  const work = Math.max(0, (gang.limitMs ?? DAY) - keptMs)
  const speed = role.accepts.find(({ hardware }) => hardware === pool.pool.hardware)?.speed ?? 1
  const alone = Math.ceil(work / (speed * size.speed)) + (evictions > 0 ? gang.restartMs : 0)
  const perNode = Math.ceil(accelerators / (pool.nodes[0]?.capacity ?? 1))
  const losses = Math.max(0, ...seats.map(({ grant }) => grant.lossesPerNodeHour ?? 0)) * perNode
  const ms = Math.ceil(alone * longer(gang, losses / HOUR, alone))
  const once = egress(money, gang, pool.pool)
  return {
    spent: { perHour, ms, once },
    micros: (perHour * ms) / HOUR + once,
    workHours: (accelerators * work) / HOUR,
  }
}

function longer(gang: Gang, rate: number, alone: number): number {
  if (rate === 0 || alone === 0) return 1
  const stretch = Math.min(alone, gang.checkpointMs ?? alone)
  return Math.min(1_000, ((1 / rate + gang.restartMs) * (Math.exp(rate * stretch) - 1)) / stretch)
}

function egress(
  money: CountedMoney,
  { spending }: Gang,
  pool: { readonly provider: string; readonly region: string },
): number {
  const data = spending?.data
  const price = (money.terms.egress ?? []).find(({ provider }) => provider === data?.provider)
  if (!data || !price) return 0
  if (pool.provider !== data.provider) return price.toProviderMicrosPerGb * data.gb
  return pool.region === data.region ? 0 : price.toRegionMicrosPerGb * data.gb
}

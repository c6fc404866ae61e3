import type { Budget, PricedGrant, Take, TakeInterval, Terms } from '../../allocation/money/terms.ts'
import { type Instant, instant } from '../../base/instant.ts'
import type { Prng } from '../../base/prng.ts'
import type { Pool } from '../../capacity/pool.ts'
import type { Spending } from '../../demand/spending.ts'
import type { TimedCommand } from '../simulator.ts'
import { moment, pick, TICK_MS, type Wildness } from './wildness.ts'

/** Prices of an accelerator-hour, in micro-units; few, so that some are equal. */
const PRICES = [0, 700_000, 2_150_000, 2_150_000, 2_530_001, 9_999_999]

/** Terms for none, some or all of the pools, and now and then others later: of few grants, some of them gone before the end. */
export function drawTermCommands(chance: Prng, pools: readonly Pool[], wildness: Wildness): TimedCommand[] {
  if (chance.below(2) === 0) return []
  const at = moment(chance.below(4) === 0 ? chance.below(wildness.ticks) : 0)
  const commands: TimedCommand[] = [
    { at, command: { kind: 'setTerms', terms: drawTerms(chance, pools, wildness) } },
  ]
  if (chance.below(3) > 0) return commands
  const later = moment(chance.below(wildness.ticks))
  return [
    ...commands,
    { at: later, command: { kind: 'setTerms', terms: drawTerms(chance, pools, wildness) } },
  ]
}

function drawTerms(chance: Prng, pools: readonly Pool[], wildness: Wildness): Terms {
  const takes = ['line', 'sum'].flatMap((id) => (chance.below(3) > 0 ? [drawTake(chance, id, wildness)] : []))
  const grants = pools.flatMap((pool) =>
    Array.from({ length: chance.below(4) }, (_, n) =>
      drawGrant(chance, `${pool.id} ${n}`, pool, { wildness, takes }),
    ),
  )
  const egress = pools.map(({ provider }) => ({
    provider,
    toRegionMicrosPerGb: 20_000,
    toProviderMicrosPerGb: pick(chance, [0, 90_000]),
  }))
  const used = egress.filter(() => chance.below(2) === 0)
  return {
    currency: 'USD',
    grants,
    takes,
    egress: used,
    budgets: drawBudgets(chance.fork('budgets'), wildness),
  }
}

function drawBudgets(chance: Prng, wildness: Wildness): Budget[] {
  if (wildness.isCalm || chance.below(2) === 0) return []
  const edges = [moment(0), ...moments(chance, chance.below(4), wildness), moment(wildness.ticks * 5)]
  return ['own', 'a', 'b', 't'].flatMap((id): Budget[] => {
    if (chance.below(2) === 0) return []
    const intervals = edges.flatMap((start, n) => {
      const until = edges[n + 1]
      const micros = `${pick(chance, [0, 1, 5, 20, 100]) * 1_000_000}`
      return until === undefined ? [] : [{ start, until, micros }]
    })
    const kind = pick(chance, ['limit', 'limit', 'brake'] as const)
    return [{ id, kind, intervals, ...(id === 'own' ? {} : { tenant: id }) }]
  })
}

/** How one gang of two minds what time costs; the other does not. */
export function drawSpending(chance: Prng): { spending?: Spending } {
  if (chance.below(2) === 0) return {}
  const max = chance.below(3) === 0 ? { maxMicrosPerHour: pick(chance, PRICES) } : {}
  const wait = chance.below(3) === 0 ? { mayWaitMs: chance.below(60) * TICK_MS } : {}
  const place = { provider: pick(chance, ['north', 'south', 'west']), region: pick(chance, ['r', 'q']) }
  const data = chance.below(3) === 0 ? { data: { gb: chance.below(500), ...place } } : {}
  const onSpot = chance.below(4) === 0 ? { onSpot: false } : {}
  const prefers = chance.below(3) > 0 ? ({ prefers: 'cheapest' } as const) : {}
  const budget = chance.below(4) === 0 ? { budget: 'own' } : {}
  return { spending: { ...budget, ...prefers, ...max, ...wait, ...data, ...onSpot } }
}

function drawGrant(
  chance: Prng,
  id: string,
  pool: Pool,
  { wildness, takes }: { readonly wildness: Wildness; readonly takes: readonly Take[] },
): PricedGrant {
  const { start, until } = drawSpan(chance, wildness)
  const accelerators = chance.below(12)
  const order = pick(chance, ['listed', 'committed', 'committed', 'committed', 'spot', 'onDemand'] as const)
  const take = order === 'committed' && takes.length > 0 ? { takeId: pick(chance, takes).id } : {}
  const from = [start, ...moments(chance, chance.below(3), wildness).filter((at) => at > start)]
  return {
    id,
    poolId: pool.id,
    order,
    start,
    until,
    accelerators,
    paidAnyway: order === 'committed' ? chance.below(accelerators + 1) : 0,
    prices: from.map((at) => ({ from: at, microsPerHour: order === 'listed' ? 0 : pick(chance, PRICES) })),
    ...take,
    ...(order === 'spot' ? { lossesPerNodeHour: pick(chance, [0, 0.1, 5]) } : {}),
  }
}

/** Mostly all the time; else a part of it, with edges that nothing else happens at. */
function drawSpan(chance: Prng, { ticks }: Wildness): { readonly start: Instant; readonly until: Instant } {
  const start = chance.below(3) === 0 ? chance.below(ticks) : 0
  const length = chance.below(3) === 0 ? 1 + chance.below(ticks) : 10 * ticks
  return { start: moment(start), until: instant(moment(start + length) - chance.below(TICK_MS)) }
}

function drawTake(chance: Prng, id: string, wildness: Wildness): Take {
  const edges = [moment(0), ...moments(chance, chance.below(5), wildness), moment(wildness.ticks * 20)]
  const intervals = edges.flatMap((start, n): TakeInterval[] => {
    const until = edges[n + 1]
    // What one tick of some accelerators costs is about 35,000 micro-units each.
    const owed = chance.below(20) * chance.below(20) * 35_000
    const sums = { owedMicros: `${owed}`, committedMicros: `${owed + chance.below(2) * 100_000}` }
    return until === undefined ? [] : [{ start, until, ...sums }]
  })
  return { id, carries: chance.below(2) === 0, intervals }
}

/** Different ones, in order, after the first. */
function moments(chance: Prng, count: number, { ticks }: Wildness): Instant[] {
  const ticksDrawn = Array.from({ length: count }, () => 1 + chance.below(ticks))
  return [...new Set(ticksDrawn)].sort((a, b) => a - b).map(moment)
}

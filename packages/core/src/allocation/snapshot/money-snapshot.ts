import { instant } from '../../base/instant.ts'
import type { Path } from '../../base/path.ts'
import type { AllocationState } from '../allocation-state.ts'
import { areGoodTerms } from '../money/check-terms.ts'
import type { MoneyLedger } from '../money/money-ledger.ts'
import type { Terms } from '../money/terms.ts'
import { count, type Form, finite, flag, listOf, oneOf, record, text } from './form.ts'

/** Terms and running totals. Totals are whole numbers in text: JSON has none so large. */
export interface MoneySnapshot {
  readonly terms: Terms
  readonly countedUntil: number
  /** Accelerator-milliseconds, by grant. */
  readonly grants: readonly (readonly [string, string])[]
  /** Micro-units × milliseconds per hour, in the interval that runs. */
  readonly takes: readonly {
    readonly id: string
    readonly start: number
    readonly drawn: string
    readonly carriedIn: string
  }[]
  /** Absent where there are none. */
  readonly budgets?: readonly {
    readonly id: string
    /** By the starts of their intervals, in order. */
    readonly spent: readonly { readonly start: number; readonly sum: string }[]
  }[]
}

export function moneySnapshot(ledger: MoneyLedger): MoneySnapshot {
  const { countedUntil, grants, takes, budgets } = ledger.totals()
  const spent = [...budgets].map(([id, sums]) => ({
    id,
    spent: sums.map(([start, sum]) => ({ start, sum: `${sum}` })),
  }))
  return {
    terms: ledger.terms,
    countedUntil,
    grants: [...grants].map(([id, time]) => [id, `${time}`] as const),
    takes: [...takes].map(([id, { start, drawn, carriedIn }]) => ({
      id,
      start,
      drawn: `${drawn}`,
      carriedIn: `${carriedIn}`,
    })),
    ...(spent.length > 0 ? { budgets: spent } : {}),
  }
}

/** Restores what was counted, once the gangs that run are in their places. */
export function rebuildMoney(state: AllocationState, money: MoneySnapshot | undefined): Path | undefined {
  if (!money) return undefined
  const { terms, countedUntil, grants, takes, budgets = [] } = money
  if (!areGoodTerms(terms)) return ['money', 'terms']
  state.evolve({ kind: 'termsSet', at: instant(countedUntil), terms })
  state.money?.goOnFrom({
    countedUntil: instant(countedUntil),
    grants: new Map(grants.map(([id, time]) => [id, BigInt(time)])),
    takes: new Map(
      takes.map(({ id, start, drawn, carriedIn }) => [
        id,
        { start: instant(start), drawn: BigInt(drawn), carriedIn: BigInt(carriedIn) },
      ]),
    ),
    budgets: new Map(
      budgets.map(({ id, spent }) => [
        id,
        spent.map(({ start, sum }) => [instant(start), BigInt(sum)] as const),
      ]),
    ),
  })
  return undefined
}

const whole: Form = (value, path) =>
  typeof value === 'string' && /^\d{1,60}$/.test(value) ? undefined : path

const GRANT = record({
  id: text,
  poolId: text,
  order: oneOf('listed', 'committed', 'spot', 'onDemand'),
  accelerators: count,
  paidAnyway: count,
  start: finite,
  until: finite,
  prices: listOf(record({ from: finite, microsPerHour: count })),
  'takeId?': text,
  'lossesPerNodeHour?': finite,
})

const TAKE = record({
  id: text,
  carries: flag,
  intervals: listOf(record({ start: finite, until: finite, owedMicros: whole, committedMicros: whole })),
})

const BUDGET = record({
  id: text,
  'tenant?': text,
  kind: oneOf('limit', 'brake'),
  intervals: listOf(record({ start: finite, until: finite, micros: whole })),
})

const EGRESS = record({ provider: text, toRegionMicrosPerGb: count, toProviderMicrosPerGb: count })

export const SPENDING: Form = record({
  'prefers?': oneOf('cheapest'),
  'maxMicrosPerHour?': count,
  'mayWaitMs?': count,
  'onSpot?': flag,
  'budget?': text,
  'data?': record({ gb: count, provider: text, region: text }),
})

export const MONEY: Form = record({
  terms: record({
    currency: text,
    grants: listOf(GRANT),
    takes: listOf(TAKE),
    'egress?': listOf(EGRESS),
    'budgets?': listOf(BUDGET),
  }),
  countedUntil: finite,
  grants: listOf((value, path) =>
    Array.isArray(value) && value.length === 2 ? (text(value[0], path) ?? whole(value[1], path)) : path,
  ),
  takes: listOf(record({ id: text, start: finite, drawn: whole, carriedIn: whole })),
  'budgets?': listOf(record({ id: text, spent: listOf(record({ start: finite, sum: whole })) })),
})

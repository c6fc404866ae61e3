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
}

export function moneySnapshot(ledger: MoneyLedger): MoneySnapshot {
  const { countedUntil, grants, takes } = ledger.totals()
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
  }
}

/** Restores what was counted, once the gangs that run are in their places. */
export function rebuildMoney(state: AllocationState, money: MoneySnapshot | undefined): Path | undefined {
  if (!money) return undefined
  const { terms, countedUntil, grants, takes } = money
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
})

const TAKE = record({
  id: text,
  carries: flag,
  intervals: listOf(record({ start: finite, until: finite, owedMicros: whole, committedMicros: whole })),
})

export const MONEY: Form = record({
  terms: record({ currency: text, grants: listOf(GRANT), takes: listOf(TAKE) }),
  countedUntil: finite,
  grants: listOf((value, path) =>
    Array.isArray(value) && value.length === 2 ? (text(value[0], path) ?? whole(value[1], path)) : path,
  ),
  takes: listOf(record({ id: text, start: finite, drawn: whole, carriedIn: whole })),
})

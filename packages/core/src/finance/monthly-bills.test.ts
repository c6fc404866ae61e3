import { expect, test } from 'vitest'
import { type Instant, parseInstant } from '../base/instant.ts'
import { money } from '../base/money.ts'
import type { Charge } from '../cost/charge.ts'
import { monthlyBills } from './monthly-bills.ts'

function date(text: string): Instant {
  return parseInstant(text) ?? (Number.NaN as Instant)
}

function charge(start: string, until: string, units: bigint): Charge {
  const amount = money(units * 1_000_000n, 'USD')
  const span = { start: date(start), until: date(until) }
  return {
    ...span,
    agreementId: 'a',
    provider: 'p',
    kind: 'use',
    amount,
    basis: 'measured',
    termsAssumed: false,
    owedAnyway: money(0n, 'USD'),
  }
}

test('a month is one bill, wherever its charges were cut', () => {
  const cut = [
    charge('2025-06-01', '2025-06-02', 1n),
    charge('2025-06-02', '2025-06-16', 14n),
    charge('2025-06-16', '2025-07-01', 15n),
    charge('2025-07-01', '2025-08-01', 31n),
  ]
  const bills = monthlyBills(cut, 'USD').map(({ start, until, amount }) => [
    start,
    until,
    amount.micros / 1_000_000n,
  ])
  expect(bills).toEqual([
    [date('2025-06-01'), date('2025-07-01'), 30n],
    [date('2025-07-01'), date('2025-08-01'), 31n],
  ])
})

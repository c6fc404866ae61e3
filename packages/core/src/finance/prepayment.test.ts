import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Agreement } from '../agreements/agreement.ts'
import { addMonths, formatMonth, type Instant, monthStart } from '../base/instant.ts'
import { formatMoney, total } from '../base/money.ts'
import { anAgreement, said } from '../testing/agreement.ts'
import { agreements, prepaymentDue } from '../testing/any-agreement.ts'
import { at, spanOf } from '../testing/dates.ts'
import { usd } from '../testing/usd.ts'
import { type Bill, paymentsOf } from './cash.ts'
import { cutAt } from './owed.ts'
import { owedUnder } from './owed-under.ts'
import { drawnFromPrepayment, prepaidUnder } from './prepayment.ts'

const QUARTER = ['2026-01', '2026-02', '2026-03'].map((month) => bill(`${month}-01`, '100'))

function bill(start: string, amount: string): Bill {
  const month = at(start)
  return {
    start: month,
    until: addMonths(month, 1),
    agreementId: 'a',
    provider: 'north',
    amount: usd(amount),
  }
}

function prepaid(due: string, amount: string, billed: 'inArrears' | 'inAdvance' = 'inArrears'): Agreement {
  return anAgreement({
    payment: { netDays: 0, billed },
    prepayment: { amount: said(usd(amount)), due: at(due) },
  })
}

function drawnBy(agreement: Agreement, bills: readonly Bill[] = QUARTER): string[] {
  return prepaidUnder(agreement, bills).flatMap(({ byMonth, left }) => [
    ...byMonth.map((row) =>
      [formatMonth(row.month), formatMoney(row.drawn), formatMoney(row.left)].join(' '),
    ),
    `left ${formatMoney(left)}`,
  ])
}

describe('a prepayment', () => {
  it('in arrears pays for the month in which it is due, whose bill is written at the end of it', () => {
    expect(drawnBy(prepaid('2026-02-15', '150'))).toEqual([
      '2026-02 100.00 50.00',
      '2026-03 50.00 0.00',
      'left 0.00',
    ])
  })

  it('in advance pays for the months that begin when it is due or later', () => {
    expect(drawnBy(prepaid('2026-02-15', '150', 'inAdvance'))).toEqual(['2026-03 100.00 50.00', 'left 50.00'])
    expect(drawnBy(prepaid('2026-02-01', '150', 'inAdvance'))).toEqual([
      '2026-02 100.00 50.00',
      '2026-03 50.00 0.00',
      'left 0.00',
    ])
  })

  it('due at the turn of a month pays for the bill that is written then', () => {
    expect(drawnBy(prepaid('2026-02-01', '100'))).toEqual(['2026-01 100.00 0.00', 'left 0.00'])
  })

  it('is not drawn by credits, nor filled up by them', () => {
    const bills = [bill('2026-01-01', '-20'), bill('2026-02-01', '150')]
    expect(drawnBy(prepaid('2026-01-01', '100'), bills)).toEqual(['2026-02 100.00 0.00', 'left 0.00'])
  })

  it('leaves what no bill draws', () => {
    expect(drawnBy(prepaid('2026-01-01', '1000'))).toContain('left 700.00')
    expect(drawnBy(prepaid('2027-01-01', '1000'))).toEqual(['left 1000.00'])
  })

  it('is nothing where nothing was paid ahead', () => {
    expect(prepaidUnder(anAgreement({}), QUARTER)).toEqual([])
  })
})

it('is owed beside what comes before the months that it pays for, and instead of what comes after', () => {
  const span = spanOf('2026-01-01', '2026-04-01')
  const whole = { ...span, agreementId: 'a', provider: 'north', for: 'line' as const, amount: usd('90') }
  const owed = drawnFromPrepayment(
    [{ ...whole, amountAssumed: false, timingAssumed: false }],
    prepaid('2026-03-10', '500'),
  )
  // 59 of the 90 days of the quarter come before March.
  expect(owed.map((piece) => [piece.for, piece.start, formatMoney(piece.amount)])).toEqual([
    ['line', at('2026-01-01'), '59.00'],
    ['prepayment', at('2026-03-10'), '500.00'],
  ])
})

it('is drawn alike by what is owed, by payments and by the table of it, however large it is', () => {
  fc.assert(
    fc.property(agreements, (agreement) => {
      const owed = owedUnder(agreement, { points: [] })
      if (!owed.ok) return
      const bills = billsOf(agreement, owed.value)
      const sum = (list: readonly { amount: Bill['amount'] }[]): bigint =>
        list.reduce((micros, { amount }) => micros + amount.micros, 0n)
      const payments = sum(paymentsOf(agreement, bills))
      expect(sum(drawnFromPrepayment(owed.value, agreement))).toBe(payments)
      const unused = prepaidUnder(agreement, bills).map(({ byMonth, left }) => {
        const drawn = total(
          byMonth.map((row) => row.drawn),
          'USD',
        )
        expect(drawn.micros + left.micros).toBe(prepaymentDue(agreement)?.amount.value.micros)
        return drawn.micros
      })
      const ahead = prepaymentDue(agreement)?.amount.value.micros ?? 0n
      expect(payments).toBe(sum(bills) + ahead - (unused[0] ?? 0n))
    }),
  )
})

/** By the month; a sum that is owed for several months is billed in its parts by time. */
function billsOf({ id, provider }: Agreement, owed: Parameters<typeof cutAt>[0]): Bill[] {
  const first = Math.min(...owed.map(({ start }) => start))
  const last = Math.max(...owed.map(({ until }) => until))
  const months: Instant[] = []
  for (let month = monthStart(first as Instant); month < last; month = addMonths(month, 1)) months.push(month)
  const pieces = cutAt(owed, months)
  return months.map((start) => {
    const until = addMonths(start, 1)
    const own = pieces.filter((piece) => start <= piece.start && piece.start < until)
    const amount = total(
      own.map((piece) => piece.amount),
      'USD',
    )
    return { agreementId: id, provider, start, until, amount }
  })
}

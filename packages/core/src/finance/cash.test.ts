import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Agreement } from '../agreements/agreement.ts'
import { formatDate, instant } from '../base/instant.ts'
import { formatMoney, type Money, total } from '../base/money.ts'
import { monthsOf } from '../base/span.ts'
import { anAgreement, said } from '../testing/agreement.ts'
import { agreements, prepaymentDue } from '../testing/any-agreement.ts'
import { at, spanOf } from '../testing/dates.ts'
import { usd } from '../testing/usd.ts'
import { type Bill, cashPlan, type Payment, paymentsOf } from './cash.ts'
import { owedUnder } from './owed-under.ts'

function bill(start: string, until: string, amount: string): Bill {
  return { ...spanOf(start, until), agreementId: 'a', provider: 'north', amount: usd(amount) }
}

const QUARTER = [
  bill('2026-03-01', '2026-04-01', '100'),
  bill('2026-01-01', '2026-02-01', '100'),
  bill('2026-02-01', '2026-03-01', '100'),
]

function paid(parts: Partial<Agreement>, bills: readonly Bill[] = QUARTER): string[] {
  return paymentsOf(anAgreement(parts), bills).map(
    (one) => `${formatDate(one.at)} ${one.for} ${formatMoney(one.amount)}`,
  )
}

describe('a prepayment that falls due after the agreement was ended', () => {
  const terminate = {
    id: 'leave',
    kind: 'terminate' as const,
    window: spanOf('2026-01-01', '2026-12-31'),
    exercised: at('2026-04-01'),
  }
  const prepayment = (due: string) => ({ amount: said(usd('150')), due: at(due) })

  it('is not paid', () => {
    expect(paid({ options: [terminate], prepayment: prepayment('2026-04-02') })).toEqual(paid({}))
  })

  it('is paid up to the end itself, and where the option was not exercised', () => {
    const { exercised, ...unused } = terminate
    const [first, second] = ['2026-04-01', '2026-04-02']
    expect(paid({ options: [terminate], prepayment: prepayment(first) })).toContain(
      `${first} prepayment 150.00`,
    )
    expect(paid({ options: [unused], prepayment: prepayment(second) })).toContain(
      `${second} prepayment 150.00`,
    )
  })
})

describe('bills', () => {
  it('in arrears are written at the end of their month, and paid some days later', () => {
    expect(paid({ payment: { netDays: 30, billed: 'inArrears' } })).toEqual([
      '2026-03-03 bill 100.00',
      '2026-03-31 bill 100.00',
      '2026-05-01 bill 100.00',
    ])
  })

  it('in advance are written at its start', () => {
    expect(paid({ payment: { netDays: 0, billed: 'inAdvance' } })).toEqual([
      '2026-01-01 bill 100.00',
      '2026-02-01 bill 100.00',
      '2026-03-01 bill 100.00',
    ])
  })

  it('are drawn from a prepayment, the earliest first, once it is due', () => {
    const prepayment = { amount: said(usd('150')), due: at('2026-02-15') }
    expect(paid({ payment: { netDays: 0, billed: 'inArrears' }, prepayment })).toEqual([
      '2026-02-01 bill 100.00',
      '2026-02-15 prepayment 150.00',
      '2026-04-01 bill 50.00',
    ])
  })

  it('below zero are credits, and do not fill a prepayment up', () => {
    const prepayment = { amount: said(usd('100')), due: at('2026-01-01') }
    const bills = [bill('2026-01-01', '2026-02-01', '-20'), bill('2026-02-01', '2026-03-01', '150')]
    expect(paid({ payment: { netDays: 0, billed: 'inArrears' }, prepayment }, bills)).toEqual([
      '2026-01-01 prepayment 100.00',
      '2026-02-01 bill -20.00',
      '2026-03-01 bill 50.00',
    ])
  })
})

describe('a cash plan', () => {
  const payments = paymentsOf(anAgreement({ payment: { netDays: 0, billed: 'inArrears' } }), QUARTER)
  const revenue = [{ year: 2026, revenue: said(usd('1200')) }]

  it('sets what leaves in a month against a twelfth of the year’s revenue', () => {
    const { months } = cashPlan(payments, revenue, spanOf('2026-01-01', '2026-04-01'), 'USD')
    expect(months.map(({ month, out, revenue: earned, net }) => [month, out, earned, net].map(show))).toEqual(
      [
        ['2026-01', '0.00', '100.00', '100.00'],
        ['2026-02', '100.00', '100.00', '0.00'],
        ['2026-03', '100.00', '100.00', '0.00'],
      ],
    )
  })

  it('accounts for what is paid outside the horizon', () => {
    const plan = cashPlan(payments, [], spanOf('2026-03-01', '2026-04-01'), 'USD')
    expect([show(plan.before), show(plan.months[0]?.out), show(plan.after)]).toEqual([
      '100.00',
      '100.00',
      '100.00',
    ])
  })

  it('knows no revenue in a year without a figure, and part of a month’s in part of a month', () => {
    const { months } = cashPlan([], revenue, spanOf('2026-12-16T12:00', '2027-01-02'), 'USD')
    expect(months.map(({ revenue: earned, net }) => [show(earned), show(net)])).toEqual([
      ['50.00', '50.00'],
      ['none', 'none'],
    ])
  })
})

function show(value: string | Money | undefined): string {
  return typeof value === 'object' ? formatMoney(value) : (value ?? 'none')
}

it('pays every bill and prepayment exactly once: by month, before and after it is what is owed', () => {
  const dates = fc.integer({ min: Date.UTC(2023, 6, 1), max: Date.UTC(2029, 0, 1) }).map(instant)
  fc.assert(
    fc.property(agreements, dates, dates, (any, a, b) => {
      const owed = owedUnder(any, { points: [] })
      const bills = owed.ok ? owed.value : []
      const payments = paymentsOf(any, bills)
      const horizon = { start: instant(Math.min(a, b)), until: instant(Math.max(a, b)) }
      const plan = cashPlan(payments, [], horizon, 'USD')
      const out = total([...plan.months.map((month) => month.out), plan.before, plan.after], 'USD')
      expect(out).toEqual(
        total(
          payments.map(({ amount }) => amount),
          'USD',
        ),
      )
      expect(plan.months.length).toBe(monthsOf(horizon).length)
      expectPaid(any, bills, payments)
    }),
  )
})

/** A prepayment replaces payments, up to what is billed for the months that it pays for. */
function expectPaid(agreement: Agreement, bills: readonly Bill[], payments: readonly Payment[]): void {
  const { payment } = agreement
  const prepayment = prepaymentDue(agreement)
  const ahead = prepayment?.amount.value.micros ?? 0n
  const next = payment.billed === 'inAdvance' ? 0 : 1
  const written = (one: Bill): number => {
    const month = new Date(one.start)
    return Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + next)
  }
  const sum = (list: readonly Bill[]): bigint =>
    list.reduce((micros, { amount }) => micros + amount.micros, 0n)
  const after = sum(bills.filter((one) => prepayment && written(one) >= prepayment.due))
  const drawn = ahead < after ? ahead : after
  expect(payments.reduce((micros, { amount }) => micros + amount.micros, 0n)).toBe(sum(bills) + ahead - drawn)
}

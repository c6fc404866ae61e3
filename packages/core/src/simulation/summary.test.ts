import { expect, test } from 'vitest'
import { assumed } from '../base/figure.ts'
import { share } from '../base/quantity.ts'
import { aLine, anAgreement, aTerm, perHour, said, saidShare } from '../testing/agreement.ts'
import { aBusyPortfolio, anEmptyPortfolio } from '../testing/portfolio.ts'
import { usd } from '../testing/usd.ts'
import { playPortfolio } from './play.ts'
import type { Portfolio } from './portfolio.ts'
import { type Summary, summarise } from './summary.ts'

function summaryOf(portfolio: Portfolio): Summary {
  const result = playPortfolio(portfolio)
  if (!result.ok) throw new Error('every price is known')
  return summarise(result.value)
}

const BUSY = aBusyPortfolio()

/** A sum of eight million over 2026 and 2027, of which three quarters are owed whatever is used. */
const SPEND = anAgreement({
  id: 'spend',
  provider: 'south',
  instrument: 'spend',
  term: aTerm('2026-01-01', '2028-01-01'),
  commitment: {
    total: said(usd('8000000')),
    interval: 'year',
    takeOrPay: saidShare(0.75),
    carryForward: false,
  },
})

const LETTER = anAgreement({
  id: 'letter',
  provider: 'east',
  instrument: 'letterOfIntent',
  binding: false,
  commitment: {
    ...SPEND.commitment,
    total: assumed(usd('1000000000'), 'a guess'),
  } as typeof SPEND.commitment & {},
})

const whole = summaryOf({
  ...BUSY,
  agreements: [...BUSY.agreements, SPEND, LETTER],
  revenue: [{ year: 2026, revenue: said(usd('6000000')) }],
  expectations: [
    {
      name: 'eight millions',
      of: { agreements: ['spend'] },
      expected: 8_000_000,
      tolerance: share(0),
    },
  ],
})

function total(values: Readonly<Record<string, number>>): number {
  return Object.values(values).reduce((sum, value) => sum + value, 0)
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []
}

test('a summary is plain data: text holds it whole, and every number in it is one', () => {
  expect(JSON.parse(JSON.stringify(whole))).toEqual(whole)
  expect(numbersIn(whole).length).toBeGreaterThan(50)
  expect(numbersIn(whole).every(Number.isFinite)).toBe(true)
  expect(numbersIn(summaryOf(anEmptyPortfolio())).every(Number.isFinite)).toBe(true)
})

test('it names the portfolio, what was played and how', () => {
  expect(whole).toMatchObject({
    portfolio: 'A portfolio',
    currency: 'USD',
    seed: 1,
    horizon: { start: '2026-01-01', until: '2028-01-01' },
    window: { start: '2026-03-02', until: '2026-03-16' },
  })
})

test('every agreement is told with its standing, and its sum with where that comes from', () => {
  const rows = whole.agreements.map(({ id, standing, binding, totalStated, provenance }) => [
    id,
    standing,
    binding,
    totalStated,
    provenance,
  ])
  expect(rows).toEqual([
    ['reserved', 'counted', true, null, null],
    ['spend', 'counted', true, 8_000_000, 'stated'],
    ['letter', 'notBinding', false, 1_000_000_000, 'assumed'],
  ])
})

test('what is owed adds up by maturity, by provider and by year; what binds nobody stands beside it', () => {
  const { obligations } = whole
  const { under1y, from1to3y, from3to5y, over5y } = obligations
  expect(under1y + from1to3y + from3to5y + over5y).toBeCloseTo(obligations.total, 2)
  expect(total(obligations.byProvider)).toBeCloseTo(obligations.total, 2)
  expect(total(obligations.byYear)).toBeCloseTo(obligations.total, 2)
  expect(obligations.byProvider.south).toBe(6_000_000)
  expect(obligations.nonBinding).toBeGreaterThan(0)
  expect(obligations.byProvider).not.toHaveProperty('east')
})

test('accelerators are told at their peak, in all, by provider and by hardware', () => {
  expect(whole.capacity).toEqual({
    peakAccelerators: 64 + 32 + 24,
    peakAt: '2026-03-07',
    byProvider: { north: 96, own: 24 },
    byHardware: { gb200: 120 },
  })
})

test('hours used, by tenant and by cause of idleness, add up to what was promised', () => {
  const { usage, allocation } = whole
  expect(total(usage.byTenant)).toBeCloseTo(usage.usedHours, 6)
  expect(usage.usedHours + total(usage.idleHours)).toBeCloseTo(usage.promisedHours, 6)
  expect(usage.usedHours).toBeCloseTo(allocation.acceleratorHours, 6)
  // 64 for all of the window, 32 from the seventh on, 24 until the twelfth.
  expect(usage.promisedHours).toBe((64 * 14 + 32 * 9 + 24 * 10) * 24)
})

test('every gang is waiting, running or has ended', () => {
  const { gangs, started, finished, running, waiting } = whole.allocation
  expect(finished + running + waiting).toBeLessThanOrEqual(gangs)
  expect(started).toBeGreaterThanOrEqual(finished)
  expect(whole.allocation.utilisation).toBeGreaterThan(0.3)
  for (const part of ['utilisation', 'fragmentation', 'fairness'] as const)
    expect(whole.allocation[part]).toBeLessThanOrEqual(1)
})

test('what is charged is the same by kind, by basis and by agreement', () => {
  const { cost } = whole
  expect(total(cost.byKind)).toBeCloseTo(cost.charged, 2)
  expect(total(cost.byBasis)).toBeCloseTo(cost.charged, 2)
  const byAgreement = whole.agreements.reduce((sum, { charged }) => sum + charged, 0)
  expect(byAgreement).toBeCloseTo(cost.charged, 2)
  expect(cost.idle).toBe(cost.byKind.unused)
  expect(cost.idle).toBeGreaterThan(0)
  expect(cost.chargedInWindow).toBeLessThan(cost.charged)
})

test('what is owed in a year is set against its revenue, where there is one', () => {
  const [first, second] = whole.coverage
  expect(first).toMatchObject({ year: 2026, revenue: 6_000_000 })
  expect(first?.multiple).toBeCloseTo((first?.owed ?? 0) / 6_000_000, 9)
  expect(second).toMatchObject({ year: 2027, revenue: null, multiple: null })
})

test('expectations are held against the agreements', () => {
  expect(whole.checks).toEqual([
    { name: 'eight millions', value: 8_000_000, expected: 8_000_000, holds: true },
  ])
})

test('the share of assumed sums is 0 where all is stated and 1 where nothing is', () => {
  expect(whole.assumedShare).toBe(0)
  const guessed = { ...SPEND, commitment: { ...SPEND.commitment, total: assumed(usd('8'), 'a guess') } }
  const portfolio = anEmptyPortfolio({ agreements: [guessed as typeof SPEND] })
  expect(summaryOf(portfolio)).toMatchObject({ assumedShare: 1, assumedShareWithDates: 1 })
})

test('agreements for the same machines are told as an overlap, and one of them is counted', () => {
  const chips = anAgreement({
    id: 'chips',
    provider: 'maker',
    layer: 'hardware',
    overlaps: [{ agreement: 'cloud', because: 'they run in it' }],
    lines: [aLine({ price: perHour('1') })],
  })
  const cloud = anAgreement({ id: 'cloud', lines: [aLine({ price: perHour('2') })] })
  const summary = summaryOf(anEmptyPortfolio({ agreements: [chips, cloud] }))
  expect(summary.overlaps).toEqual([{ id: 'chips', with: ['cloud'] }])
  expect(Object.keys(summary.obligations.byProvider)).toEqual(['north'])
  expect(summary.obligations.overlapping).toBeGreaterThan(0)
})

test('one provider that everything is owed to makes the most concentrated market there is', () => {
  const { concentration } = summaryOf(anEmptyPortfolio({ agreements: [SPEND] }))
  expect(concentration).toEqual({ moneyHerfindahl: 10_000, acceleratorHerfindahl: null })
  expect(whole.concentration.acceleratorHerfindahl).toBeCloseTo(
    10_000 * ((96 / 120) ** 2 + (24 / 120) ** 2),
    6,
  )
})

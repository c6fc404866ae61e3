import { expect, test } from 'vitest'
import { share } from '../base/quantity.ts'
import { aLine, anAgreement, aTerm, aTranche, perHour, said, saidShare } from '../testing/agreement.ts'
import { at } from '../testing/dates.ts'
import { usd } from '../testing/usd.ts'
import type { Agreement, Option, Price } from './agreement.ts'
import { agreementProblems, crossProblems } from './validate.ts'

const SURROUNDINGS = {
  currency: 'USD',
  hardware: new Set(['gb200']),
  prices: {
    points: [
      { series: 'index', from: at('2026-01-01'), perAcceleratorHour: said(usd('2')) },
      { series: 'late', from: at('2026-01-02'), perAcceleratorHour: said(usd('2')) },
    ],
  },
}

/** `code at path`, for every problem. */
function problemsOf(parts: Partial<Agreement>): string[] {
  return agreementProblems(anAgreement(parts), SURROUNDINGS).map(
    ({ code, path }) => `${code} ${path.join('.')}`,
  )
}

test('an agreement that is in order has no problems', () => {
  expect(problemsOf({ lines: [aLine()] })).toEqual([])
})

test('a tranche belongs to the term, whose last day it may not reach; early hands are welcome', () => {
  const withTranche = (parts: Parameters<typeof aTranche>[0]) =>
    problemsOf({ lines: [aLine({ tranches: [aTranche(parts)] })] })
  expect(withTranche({ promised: said(at('2025-12-31')) })).toEqual([
    'trancheOutsideTerm lines.0.tranches.0.promised',
  ])
  expect(withTranche({ promised: said(at('2027-12-31')) })).toEqual([])
  expect(withTranche({ promised: said(at('2028-01-01')) })).toEqual([
    'trancheOutsideTerm lines.0.tranches.0.promised',
  ])
  expect(withTranche({ delivered: at('2025-12-01') })).toEqual([])
  expect(withTranche({ delivered: at('2028-01-01'), expected: said(at('2029-01-01')) })).toEqual([
    'trancheOutsideTerm lines.0.tranches.0.expected',
    'trancheOutsideTerm lines.0.tranches.0.delivered',
  ])
})

test('a tranche of the years that an exercised extension brings is within the term', () => {
  const extension = anOption({ kind: 'extend', months: 12, exercised: at('2026-02-01') })
  const lines = [aLine({ tranches: [aTranche({ promised: said(at('2028-06-01')) })] })]
  expect(problemsOf({ lines, options: [extension] })).toEqual([])
  expect(problemsOf({ lines, options: [anOption({ kind: 'extend', months: 12 })] })).toEqual([
    'trancheOutsideTerm lines.0.tranches.0.promised',
  ])
})

test('an agreement that ends when it starts is reversed, and nothing else is said of its tranches', () => {
  expect(problemsOf({ term: aTerm('2026-01-01', '2026-01-01'), lines: [aLine()] })).toEqual([
    'reversedDates term.until',
  ])
})

test('an option is exercised from the first day of its window up to, but not on, the day it closes', () => {
  const exercisedOn = (day: string) => problemsOf({ options: [anOption({ exercised: at(day) })] })
  expect(exercisedOn('2026-01-31')).toEqual(['optionOutsideWindow options.0.exercised'])
  expect(exercisedOn('2026-02-01')).toEqual([])
  expect(exercisedOn('2026-02-28')).toEqual([])
  expect(exercisedOn('2026-03-01')).toEqual(['optionOutsideWindow options.0.exercised'])
})

test('an exercised extension says by how much it extends', () => {
  const exercised = at('2026-02-01')
  expect(problemsOf({ options: [anOption({ kind: 'extend', exercised })] })).toEqual([
    'extensionWithoutMonths options.0',
  ])
  expect(problemsOf({ options: [anOption({ kind: 'extend' })] })).toEqual([])
})

test('a ramp has a share for each interval, and they add up to one', () => {
  const withRamp = (...shares: number[]) =>
    problemsOf({
      commitment: {
        total: said(usd('100')),
        interval: 'year',
        takeOrPay: saidShare(1),
        ramp: said(shares.map(share)),
        carryForward: false,
      },
    })
  expect(withRamp(0.4, 0.6)).toEqual([])
  expect(withRamp(0.4, 0.5)).toEqual(['rampNotWhole commitment.ramp'])
  expect(withRamp(0.4, 0.4, 0.2)).toEqual(['rampOfOtherLength commitment.ramp'])
  expect(withRamp()).toEqual(['rampNotWhole commitment.ramp', 'rampOfOtherLength commitment.ramp'])
})

test('every sum of an agreement is in the currency of the portfolio', () => {
  const euros = said({ micros: 1n, currency: 'EUR' })
  expect(
    problemsOf({
      currency: 'EUR',
      commitment: { total: euros, interval: 'year', takeOrPay: saidShare(1), carryForward: false },
      prepayment: { amount: euros, due: at('2026-01-01') },
      lines: [
        aLine({
          price: {
            kind: 'perAcceleratorHour',
            amount: euros,
            index: { name: 'index', cap: euros, floor: euros },
          },
        }),
      ],
    }),
  ).toEqual([
    'currencyMix currency',
    'currencyMix commitment.total',
    'currencyMix prepayment.amount',
    'currencyMix lines.0.price.amount',
    'currencyMix lines.0.price.index.cap',
    'currencyMix lines.0.price.index.floor',
  ])
})

test('a price follows a series that is known from the first day on, and is one per accelerator-hour', () => {
  const following = (name: string, price: Price = perHour('2')) =>
    problemsOf({ lines: [aLine({ price: { ...price, index: { name } } })] })
  expect(following('index')).toEqual([])
  expect(following('indx')).toEqual(['unknownSeries lines.0.price.index.name'])
  expect(following('late')).toEqual(['seriesBeginsLate lines.0.price.index.name'])
  expect(following('index', { kind: 'fixed', amount: said(usd('1')), every: 'month' })).toEqual([
    'indexOfOtherUnit lines.0.price.index.name',
  ])
})

test('a floor may meet its cap but not pass it', () => {
  const between = (floor: string, cap: string) =>
    problemsOf({
      lines: [
        aLine({
          price: { ...perHour('2'), index: { name: 'index', floor: said(usd(floor)), cap: said(usd(cap)) } },
        }),
      ],
    })
  expect(between('2', '2')).toEqual([])
  expect(between('2.000001', '2')).toEqual(['floorAboveCap lines.0.price.index.floor'])
})

test('what is not binding is not marked as binding, and what is a draft is not signed', () => {
  expect(problemsOf({ instrument: 'letterOfIntent' })).toEqual(['bindingLetterOfIntent binding'])
  expect(problemsOf({ status: 'draft' })).toEqual(['draftWithSignature signed'])
})

test('lines, tranches and options of one id are told apart by their place', () => {
  expect(
    problemsOf({
      lines: [aLine(), aLine({ tranches: [aTranche(), aTranche()] })],
      options: [anOption({}), anOption({})],
    }),
  ).toEqual(['duplicateId lines.1.id', 'duplicateId lines.1.tranches.1.id', 'duplicateId options.1.id'])
})

test('within one agreement the same scope is not exclusive twice at once, whoever has it', () => {
  const exclusive = (start: string, until: string) => ({
    party: 'north',
    scope: 'resale',
    window: { start: at(start), until: at(until) },
    source: 'text',
  })
  expect(
    problemsOf({
      exclusivities: [exclusive('2026-01-01', '2027-01-01'), exclusive('2026-06-01', '2028-01-01')],
    }),
  ).toEqual(['overlappingExclusivities exclusivities.1'])
  expect(
    problemsOf({
      exclusivities: [exclusive('2026-01-01', '2027-01-01'), exclusive('2027-01-01', '2028-01-01')],
    }),
  ).toEqual([])
})

test('between agreements a contradiction shows in the later one, and only where both are signed', () => {
  const exclusive = (id: string, party: string, parts: Partial<Agreement> = {}) => {
    const window = { start: at('2026-01-01'), until: at('2027-01-01') }
    return anAgreement({ id, exclusivities: [{ party, scope: 'resale', window, source: 'text' }], ...parts })
  }
  const known = new Set(['a', 'b'])
  expect(crossProblems([exclusive('a', 'north'), exclusive('b', 'south')], known)).toMatchObject([
    { at: 1, problem: { code: 'overlappingExclusivities', agreement: 'a', parties: ['south', 'north'] } },
  ])
  // A second agreement with the same party may repeat what the first one granted.
  expect(crossProblems([exclusive('a', 'north'), exclusive('b', ' North')], known)).toEqual([])
  const draft = exclusive('b', 'south', { status: 'draft' })
  expect(crossProblems([exclusive('a', 'north'), draft], known)).toEqual([])
})

test('an overlap names another agreement that is known', () => {
  const naming = (agreement: string) =>
    crossProblems([anAgreement({ overlaps: [{ agreement, because: 'shared' }] })], new Set(['a', 'q']))
  expect(naming('q')).toEqual([])
  expect(naming('z')).toMatchObject([{ at: 0, problem: { code: 'unknownAgreement', id: 'z' } }])
  expect(naming('a')).toMatchObject([{ at: 0, problem: { code: 'overlapWithItself' } }])
})

function anOption(parts: Partial<Option>): Option {
  return {
    id: 'more',
    kind: 'expand',
    window: { start: at('2026-02-01'), until: at('2026-03-01') },
    ...parts,
  }
}

import fc from 'fast-check'
import type {
  Agreement,
  Commitment,
  Interval,
  Line,
  Prepayment,
  Price,
  Tranche,
} from '../agreements/agreement.ts'
import { assumed, type Figure } from '../base/figure.ts'
import { DAY_MS, later } from '../base/instant.ts'
import { type Money, money } from '../base/money.ts'
import { type Share, WHOLE } from '../base/quantity.ts'
import { anAgreement, said } from './agreement.ts'
import { at } from './dates.ts'

/** Agreements in dollars with lines, tranches, a commitment or none, ended early or extended, and any take-or-pay: for properties about money and capacity. */
const START = at('2024-01-15')

const days = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max }).map((count) => count * DAY_MS)
const shares = fc.integer({ min: 0, max: WHOLE }).map((ppm) => ppm as Share)
const intervals = fc.constantFrom<Interval>('month', 'quarter', 'year', 'fullTerm')
const sums = fc.bigInt({ min: 0n, max: 10n ** 15n }).map((micros) => money(micros, 'USD'))

function figures<Value>(values: fc.Arbitrary<Value>): fc.Arbitrary<Figure<Value>> {
  return fc
    .tuple(values, fc.boolean())
    .map(([value, isSaid]) => (isSaid ? said(value) : assumed(value, 'a test')))
}

function maybe<Key extends string, Value>(key: Key, values: fc.Arbitrary<Value>) {
  return fc
    .option(values, { nil: undefined })
    .map((value) => (value === undefined ? {} : ({ [key]: value } as { readonly [K in Key]: Value })))
}

const amounts: fc.Arbitrary<Figure<Money>> = figures(sums)
const prices: fc.Arbitrary<Price> = fc.oneof(
  fc.record({ kind: fc.constant('perAcceleratorHour' as const), amount: amounts }),
  fc.record({
    kind: fc.constant('perMwMonth' as const),
    amount: amounts,
    megawatts: figures(fc.integer({ min: 1, max: 500 })),
  }),
  fc.record({ kind: fc.constant('fixed' as const), amount: amounts, every: intervals }),
)

const tranches: fc.Arbitrary<Tranche> = fc
  .tuple(
    figures(fc.integer({ min: 1, max: 5_000 })),
    figures(days(1_500).map((ms) => later(START, ms))),
    maybe(
      'delivered',
      days(1_500).map((ms) => later(START, ms)),
    ),
    maybe('expected', figures(days(1_500).map((ms) => later(START, ms)))),
  )
  .map(([accelerators, promised, delivered, expected]) => ({
    id: 't',
    accelerators,
    promised,
    ...delivered,
    ...expected,
  }))

const lines: fc.Arbitrary<Line> = fc
  .tuple(
    prices,
    fc.array(tranches, { maxLength: 3 }),
    maybe('takeOrPay', figures(shares)),
    fc.constantFrom('gb200', 'h100'),
    fc.constantFrom('us-east', 'eu-west'),
  )
  .map(([price, list, takeOrPay, hardware, region]) => ({
    id: 'l',
    hardware,
    region,
    fabric: 'default',
    price,
    tranches: list.map((tranche, i) => ({ ...tranche, id: `t${i}` })),
    ...takeOrPay,
  }))

const commitments: fc.Arbitrary<Commitment> = fc
  .tuple(
    amounts,
    intervals,
    figures(shares),
    fc.boolean(),
    maybe('ramp', figures(fc.array(shares, { minLength: 1, maxLength: 8 }))),
  )
  .map(([sum, interval, takeOrPay, carryForward, ramp]) => ({
    total: sum,
    interval,
    takeOrPay,
    carryForward,
    ...ramp,
  }))

/** What is paid ahead, unless the agreement had been ended when it fell due. */
export function prepaymentDue({ prepayment, options, term }: Agreement): Prepayment | undefined {
  const left = options.filter(({ kind, exercised }) => kind === 'terminate' && exercised !== undefined)
  const ends = left.map(({ exercised = 0 }) =>
    Math.max(term.start.value, Math.min(term.until.value, exercised)),
  )
  return ends.some((end) => prepayment && prepayment.due > end) ? undefined : prepayment
}

const prepayments: fc.Arbitrary<Prepayment> = fc
  .tuple(amounts, days(1_500))
  .map(([amount, ms]) => ({ amount, due: later(START, ms) }))

/** A right to end early or to go on, exercised so long after the start. */
const options = fc
  .tuple(
    fc.constantFrom('terminate' as const, 'extend' as const),
    days(1_400),
    fc.integer({ min: 1, max: 30 }),
  )
  .map(([kind, exercisedMs, months]) => ({ kind, exercisedMs, months }))

export const agreements: fc.Arbitrary<Agreement> = fc
  .tuple(
    fc.tuple(days(300), fc.integer({ min: 1, max: 1_400 })),
    fc.array(lines, { maxLength: 3 }),
    maybe('commitment', commitments),
    maybe('prepayment', prepayments),
    fc.constantFrom('north', 'south'),
    fc.record({
      netDays: fc.integer({ min: 0, max: 90 }),
      billed: fc.constantFrom('inArrears' as const, 'inAdvance' as const),
    }),
    fc.option(options, { nil: undefined }),
  )
  .map(([[startMs, length], list, commitment, prepayment, provider, payment, option]) => {
    const start = later(START, startMs)
    const exercised = later(start, option?.exercisedMs ?? 0)
    const window = { start: exercised, until: later(exercised, DAY_MS) }
    return anAgreement({
      provider,
      payment,
      term: { start: said(start), until: said(later(start, length * DAY_MS)) },
      lines: list.map((line, i) => ({ ...line, id: `l${i}` })),
      options: option ? [{ id: 'o', kind: option.kind, months: option.months, window, exercised }] : [],
      ...commitment,
      ...prepayment,
    })
  })

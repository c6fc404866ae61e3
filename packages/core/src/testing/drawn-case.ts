import fc from 'fast-check'
import type { Agreement, Interval } from '../agreements/agreement.ts'
import { HOUR_MS, type Instant, instant } from '../base/instant.ts'
import { money } from '../base/money.ts'
import { share } from '../base/quantity.ts'
import { aLine, anAgreement, aTranche, said } from './agreement.ts'
import type { DrawnAgreement, DrawnCase } from './charges-recount.ts'

/** 10 January 2026, 05:00 UTC, in hours since 1970. */
const FIRST = Date.UTC(2026, 0, 10, 5) / HOUR_MS

const drawnAgreements = fc
  .record({
    instrument: fc.constantFrom<DrawnAgreement['instrument']>(
      'capacity',
      'spend',
      'spot',
      'onDemand',
      'owned',
    ),
    delay: fc.integer({ min: -8_760 - 300, max: 600 }),
    hours: fc.integer({ min: 1, max: 1_900 }),
    centsPerHour: fc.integer({ min: 1, max: 999 }),
    escalatorPercent: fc.constantFrom(0, 5, 20),
    tranches: fc.array(fc.record({ after: fc.nat(1_200), accelerators: fc.integer({ min: 1, max: 9 }) }), {
      minLength: 1,
      maxLength: 2,
    }),
    linePercent: fc.option(fc.constantFrom(0, 25, 60, 100), { nil: undefined }),
    commitment: fc.option(
      fc.record({
        cents: fc.nat(3_000_000),
        months: fc.constantFrom(1, 3, undefined),
        percent: fc.constantFrom(0, 50, 80, 100),
        carryForward: fc.boolean(),
      }),
      { nil: undefined },
    ),
  })
  .map(({ delay, hours, tranches, linePercent, commitment, ...rest }): Omit<DrawnAgreement, 'id'> => {
    // Some agreements started a year before, so that an anniversary with its price falls within; these are served late.
    const start = onADayOfEveryMonth(FIRST + delay)
    const served = Math.max(start, FIRST)
    return {
      ...rest,
      start,
      until: served + hours,
      tranches: tranches.map(({ after, accelerators }) => ({ arrives: served + after, accelerators })),
      ...(linePercent === undefined ? {} : { linePercent }),
      ...(commitment === undefined ? {} : { commitment }),
    }
  })

/** The same hour of day, not after the 28th: what a month does without its 31st is pinned where intervals are made. */
function onADayOfEveryMonth(hour: number): number {
  return hour - Math.max(0, new Date(hour * HOUR_MS).getUTCDate() - 28) * 24
}

const edges = fc
  .tuple(fc.integer({ min: -50, max: 900 }), fc.integer({ min: 1, max: 1_500 }))
  .map(([from, hours]) => [FIRST + from, FIRST + from + hours] as const)

/** One to three agreements over one pool, with any window and horizon. */
export const drawnCases: fc.Arbitrary<DrawnCase> = fc
  .record({
    agreements: fc.array(drawnAgreements, { minLength: 1, maxLength: 3 }),
    window: edges,
    horizon: edges,
    mean: fc.integer({ min: 0, max: 30 }),
    swing: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ agreements, window, horizon, mean, swing }) => ({
    agreements: agreements.map((agreement, n) => ({ ...agreement, id: `a${n}` })),
    window,
    horizon,
    wanted: (hour) => Math.max(0, mean + ((hour * 7) % (2 * swing + 1)) - swing),
  }))

export function momentOf(hour: number): Instant {
  return instant(hour * HOUR_MS)
}

/** The same agreement in the product's own words. */
export function agreementOf(drawn: DrawnAgreement): Agreement {
  const { commitment, linePercent, escalatorPercent } = drawn
  return anAgreement({
    id: drawn.id,
    instrument: drawn.instrument,
    term: { start: said(momentOf(drawn.start)), until: said(momentOf(drawn.until)) },
    lines: [
      aLine({
        price: {
          kind: 'perAcceleratorHour',
          amount: said(money(BigInt(drawn.centsPerHour) * 10_000n, 'USD')),
          ...(escalatorPercent > 0 ? { escalator: { perYear: said(share(escalatorPercent / 100)) } } : {}),
        },
        tranches: drawn.tranches.map(({ arrives, accelerators }, n) =>
          aTranche({ id: `t${n}`, accelerators: said(accelerators), promised: said(momentOf(arrives)) }),
        ),
        ...(linePercent === undefined ? {} : { takeOrPay: said(share(linePercent / 100)) }),
      }),
    ],
    ...(commitment
      ? {
          commitment: {
            total: said(money(BigInt(commitment.cents) * 10_000n, 'USD')),
            interval: INTERVALS.get(commitment.months) ?? 'fullTerm',
            takeOrPay: said(share(commitment.percent / 100)),
            carryForward: commitment.carryForward,
          },
        }
      : {}),
  })
}

const INTERVALS = new Map<number | undefined, Interval>([
  [1, 'month'],
  [3, 'quarter'],
])

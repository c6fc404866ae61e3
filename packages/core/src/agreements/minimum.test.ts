import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMonths, DAY_MS, later } from '../base/instant.ts'
import { formatMoney, type Money, money, nothing } from '../base/money.ts'
import type { Span } from '../base/span.ts'
import { anAgreement, aTerm, said, saidShare } from '../testing/agreement.ts'
import { agreements } from '../testing/any-agreement.ts'
import { at, spanOf } from '../testing/dates.ts'
import { usd } from '../testing/usd.ts'
import type { Agreement, Commitment } from './agreement.ts'
import { type SettledInterval, settleCommitment, standingIntervals } from './minimum.ts'

function committed(terms: Partial<Commitment>, more: Partial<Agreement> = {}): Agreement {
  return anAgreement({
    instrument: 'spend',
    term: aTerm('2026-01-01', '2029-01-01'),
    commitment: {
      total: said(usd('300')),
      interval: 'year',
      takeOrPay: saidShare(0.8),
      carryForward: false,
      ...terms,
    },
    ...more,
  })
}

/** Bought in each interval, in order. */
function buying(...sums: readonly string[]): (interval: Span) => Money {
  let next = 0
  return () => usd(sums[next++] ?? '0')
}

function texts(settled: readonly SettledInterval[], key: 'missing' | 'carriedOut' | 'carriedIn'): string[] {
  return settled.map((interval) => formatMoney(interval[key]))
}

describe('settling a commitment interval by interval', () => {
  it('asks for what is missing to the owed part, and for nothing where more was bought', () => {
    const settled = settleCommitment(committed({}), buying('50', '79.99', '100'))
    expect(texts(settled, 'missing')).toEqual(['30.00', '0.01', '0.00'])
  })

  it('loses what was bought beyond an interval where the terms do not carry it forward', () => {
    const settled = settleCommitment(committed({}), buying('170', '10', '80'))
    expect(texts(settled, 'missing')).toEqual(['0.00', '70.00', '0.00'])
    expect(texts(settled, 'carriedOut')).toEqual(['0.00', '0.00', '0.00'])
  })

  it('carries forward only what was bought beyond the whole commitment, not beyond its owed part', () => {
    const settled = settleCommitment(committed({ carryForward: true }), buying('90', '160', '0'))
    expect(texts(settled, 'carriedOut')).toEqual(['0.00', '60.00', '0.00'])
    expect(texts(settled, 'missing')).toEqual(['0.00', '0.00', '20.00'])
  })

  it('carries what is carried further where it is still not needed', () => {
    const settled = settleCommitment(committed({ carryForward: true }), buying('350', '0', '0'))
    expect(texts(settled, 'carriedIn')).toEqual(['0.00', '250.00', '150.00'])
    expect(texts(settled, 'missing')).toEqual(['0.00', '0.00', '0.00'])
  })

  it('settles nothing where no sum is committed', () => {
    expect(settleCommitment(anAgreement(), buying('1'))).toEqual([])
  })

  it('cuts the interval in which the agreement is ended early by time, and drops those after it', () => {
    const exercised = at('2027-07-02T12:00Z')
    const end = {
      id: 'end',
      kind: 'terminate',
      window: spanOf('2027-01-01', '2028-01-01'),
      exercised,
    } as const
    const intervals = standingIntervals(committed({}, { options: [end] }))
    expect(intervals.map(({ owed, until }) => [formatMoney(owed), until])).toEqual([
      ['80.00', at('2027-01-01')],
      ['40.00', exercised],
    ])
  })

  it('commits to nothing in an extension', () => {
    const extend = {
      id: 'more',
      kind: 'extend',
      window: spanOf('2028-01-01', '2028-06-01'),
      months: 12,
      exercised: at('2028-02-01'),
    } as const
    const last = standingIntervals(committed({}, { options: [extend] })).at(-1)
    expect(last?.until).toBe(at('2029-01-01'))
  })

  const bought = fc.array(
    fc.bigInt({ min: 0n, max: 10n ** 14n }).map((cents) => money(cents * 10_000n, 'USD')),
  )

  it('never asks for less than nothing, and for nothing where nothing is owed', () => {
    fc.assert(
      fc.property(agreements, bought, (agreement, sums) => {
        let next = 0
        for (const interval of settleCommitment(agreement, () => sums[next++] ?? nothing('USD'))) {
          expect(interval.missing.micros).toBeGreaterThanOrEqual(0n)
          if (interval.owed.micros === 0n) expect(interval.missing.micros).toBe(0n)
        }
      }),
    )
  })

  it('conserves money: what is bought is applied to an interval or carried, and all of it is at last accounted for', () => {
    fc.assert(
      fc.property(agreements, bought, fc.boolean(), (agreement, sums, carryForward) => {
        if (!agreement.commitment) return
        let next = 0
        const carrying = { ...agreement, commitment: { ...agreement.commitment, carryForward } }
        const settled = settleCommitment(carrying, () => sums[next++] ?? nothing('USD'))
        let carried = 0n
        let applied = 0n
        for (const { consumed, carriedIn, carriedOut, committed: whole } of settled) {
          expect(carriedIn.micros).toBe(carried)
          const here = consumed.micros + carriedIn.micros - carriedOut.micros
          if (carryForward) expect(here <= whole.micros || carriedOut.micros === 0n).toBe(true)
          else expect(carriedOut.micros).toBe(0n)
          if (carryForward) expect(here).toBeLessThanOrEqual(whole.micros)
          applied += here
          carried = carriedOut.micros
        }
        const all = settled.reduce((sum, { consumed }) => sum + consumed.micros, 0n)
        expect(applied + carried).toBe(all)
      }),
    )
  })

  it('covers the term as it now stands, to its end or the stated one, without a gap', () => {
    fc.assert(
      fc.property(agreements, fc.nat(1500), (agreement, days) => {
        if (!agreement.commitment) return
        const { start, until } = agreement.term
        const exercised = later(start.value, days * DAY_MS)
        const end = {
          id: 'end',
          kind: 'terminate',
          window: { start: start.value, until: addMonths(until.value, 1) },
          exercised,
        } as const
        let edge: number = start.value
        for (const interval of standingIntervals({ ...agreement, options: [end] })) {
          expect(interval.start).toBe(edge)
          edge = interval.until
        }
        expect(edge).toBe(Math.min(exercised, until.value))
      }),
    )
  })
})

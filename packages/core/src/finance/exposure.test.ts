import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Agreement } from '../agreements/agreement.ts'
import { NO_SLIPS } from '../agreements/resolve.ts'
import type { Instant } from '../base/instant.ts'
import { instant } from '../base/instant.ts'
import { aLine, anAgreement, aTranche, perHour, said, saidShare } from '../testing/agreement.ts'
import { agreements } from '../testing/any-agreement.ts'
import { at } from '../testing/dates.ts'
import { usd } from '../testing/usd.ts'
import { exposureBy } from './exposure.ts'
import { summariseObligations } from './obligation-summary.ts'

function exposures(by: 'hardware' | 'region', list: readonly Agreement[], asOf: Instant) {
  const question = { agreements: list, prices: { points: [] }, asOf, slips: NO_SLIPS }
  const found = summariseObligations({ ...question, currency: 'USD' })
  if (!found.ok) throw new Error('all prices are known')
  const section = found.value.counted
  return { total: section.total.micros, parts: exposureBy(by, section, question) }
}

const commitment = {
  total: said(usd('1000')),
  interval: 'fullTerm',
  takeOrPay: saidShare(1),
  carryForward: false,
} as const

it('spreads a committed sum over its lines by what their time costs', () => {
  const lines = [
    aLine({ id: 'cheap', hardware: 'h100', price: perHour('1') }),
    aLine({ id: 'dear', hardware: 'gb200', price: perHour('3') }),
  ]
  const { parts } = exposures('hardware', [anAgreement({ commitment, lines })], at('2026-01-01'))
  expect(parts).toEqual([
    { key: 'h100', weight: 250_000_000n },
    { key: 'gb200', weight: 750_000_000n },
  ])
})

it('counts only the time that is left', () => {
  const lines = [
    aLine({ id: 'now', region: 'east', tranches: [aTranche()] }),
    aLine({ id: 'later', region: 'west', tranches: [aTranche({ promised: said(at('2027-01-01')) })] }),
  ]
  const { total, parts } = exposures('region', [anAgreement({ commitment, lines })], at('2027-01-01'))
  expect(parts).toEqual([
    { key: 'east', weight: total / 2n },
    { key: 'west', weight: total / 2n },
  ])
})

it('leaves what no line stands for without hardware', () => {
  const { parts } = exposures(
    'hardware',
    [anAgreement({ instrument: 'spend', commitment })],
    at('2026-01-01'),
  )
  expect(parts).toEqual([{ key: 'not agreed', weight: 1_000_000_000n }])
})

it('adds up to what is owed', () => {
  const dates = fc.integer({ min: Date.UTC(2023, 6, 1), max: Date.UTC(2028, 0, 1) }).map(instant)
  fc.assert(
    fc.property(fc.array(agreements, { maxLength: 3 }), dates, (list, asOf) => {
      const numbered = list.map((agreement, i) => ({ ...agreement, id: `a${i}` }))
      for (const by of ['hardware', 'region'] as const) {
        const { total, parts } = exposures(by, numbered, asOf)
        expect(parts.reduce((sum, { weight }) => sum + weight, 0n)).toBe(total)
      }
    }),
  )
})

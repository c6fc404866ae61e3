import { expect, it } from 'vitest'
import { DAY_MS } from '../base/instant.ts'
import { aLine, anAgreement, aTranche, said } from '../testing/agreement.ts'
import { at, spanOf } from '../testing/dates.ts'
import type { ResaleRight, Tranche } from './agreement.ts'
import { resaleSpan } from './resale-span.ts'

const ALLOWED: ResaleRight = { allowed: true, consent: 'none' }

function agreement(tranches: readonly Partial<Tranche>[], resale: ResaleRight | undefined = ALLOWED) {
  return anAgreement({ ...(resale && { resale }), lines: [aLine({ tranches: tranches.map(aTranche) })] })
}

it('is none where resale is not allowed, or not spoken of', () => {
  expect(resaleSpan(agreement([{}], { allowed: false, consent: 'none' }))).toBeUndefined()
  expect(resaleSpan(anAgreement({ lines: [aLine()] }))).toBeUndefined()
})

it('begins with the first delivery and ends with the term', () => {
  const tranches = [{ promised: said(at('2026-06-01')) }, { delivered: at('2026-01-04') }]
  expect(resaleSpan(agreement(tranches))).toEqual(spanOf('2026-01-04', '2028-01-01'))
})

it('begins later where the first delivery slips, and not at all where that is after the end', () => {
  const slipped = (days: number) => resaleSpan(agreement([{}]), new Map([['a/gpu', days * DAY_MS]]))
  expect(slipped(31)).toEqual(spanOf('2026-02-01', '2028-01-01'))
  expect(slipped(800)).toBeUndefined()
})

it('lasts for the whole term where nothing is delivered by tranches', () => {
  expect(resaleSpan(agreement([]))).toEqual(spanOf('2026-01-01', '2028-01-01'))
})

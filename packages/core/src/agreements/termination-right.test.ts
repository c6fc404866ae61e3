import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS, formatDate, later } from '../base/instant.ts'
import { aLine, anAgreement, aTranche, said, saidShare } from '../testing/agreement.ts'
import { at, spanOf } from '../testing/dates.ts'
import type { Agreement, Tranche } from './agreement.ts'
import { terminationRight } from './termination-right.ts'

/** Tranches promised for 2026-01-01 with two weeks of grace; the buyer may leave after two late ones. */
function agreement(tranches: readonly Partial<Tranche>[], parts: Partial<Agreement> = {}): Agreement {
  return anAgreement({
    lateDelivery: { graceDays: 14, creditPerWeek: saidShare(0.05), terminateAfterLateTranches: 2 },
    lines: [aLine({ tranches: tranches.map((some, n) => aTranche({ id: `t${n}`, ...some })) })],
    ...parts,
  })
}

function rightOf(...given: Parameters<typeof terminationRight>): string {
  const right = terminationRight(...given)
  if (!right) return 'none'
  const { span, lateTranches } = right
  return span ? `${formatDate(span.start)} to ${formatDate(span.until)}` : `${lateTranches} late`
}

const late = { expected: said(at('2026-03-01')) }

describe('the right to end an agreement because of late deliveries', () => {
  it('is none where the terms give none', () => {
    const lateDelivery = { graceDays: 14, creditPerWeek: saidShare(0.05) }
    expect(rightOf(agreement([late, late], { lateDelivery }))).toBe('none')
  })

  it('waits for as many late tranches as the terms say', () => {
    expect(rightOf(agreement([{}, {}]))).toBe('0 late')
    expect(rightOf(agreement([late, { delivered: at('2026-01-15') }]))).toBe('1 late')
  })

  it('begins when the grace of the last one is over, and ends with the term', () => {
    const second = { promised: said(at('2026-02-01')), delivered: at('2026-02-20') }
    expect(rightOf(agreement([second, late]))).toBe('2026-02-15 to 2028-01-01')
  })

  it('counts slips that are asked about', () => {
    const slips = new Map([['a/gpu', 15 * DAY_MS]])
    expect(rightOf(agreement([{}, {}]), slips)).toBe('2026-01-15 to 2028-01-01')
    expect(rightOf(agreement([{}, { delivered: at('2026-01-01') }]), slips)).toBe('1 late')
  })

  it('ends with an early end, and does not begin after it', () => {
    const ended = (exercised: string): string =>
      rightOf(
        agreement([late, late], {
          options: [
            {
              id: 'o',
              kind: 'terminate',
              window: spanOf('2026-01-01', '2027-01-01'),
              exercised: at(exercised),
            },
          ],
        }),
      )
    expect(ended('2026-07-01')).toBe('2026-01-15 to 2026-07-01')
    expect(ended('2026-01-10')).toBe('0 late')
  })

  it('never begins later, nor goes away, where deliveries slip more', () => {
    const days = fc.integer({ min: 0, max: 900 })
    fc.assert(
      fc.property(fc.array(days, { maxLength: 5 }), days, days, (promised, slip, more) => {
        const tranches = promised.map((day) => ({ promised: said(later(at('2026-01-01'), day * DAY_MS)) }))
        const [a, b] = [slip, slip + more].map(
          (ms) => terminationRight(agreement(tranches), new Map([['a/gpu', ms * DAY_MS]]))?.span,
        )
        if (a) expect(b?.start).toBeLessThanOrEqual(a.start)
      }),
    )
  })
})

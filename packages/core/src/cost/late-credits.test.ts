import { describe, expect, it } from 'vitest'
import type { Agreement, LateDeliveryRemedy, Tranche } from '../agreements/agreement.ts'
import { assert } from '../base/assert.ts'
import { formatDate } from '../base/instant.ts'
import { formatMoney } from '../base/money.ts'
import { aLine, anAgreement, aTerm, aTranche, perHour, said, saidShare } from '../testing/agreement.ts'
import { type Circumstances, chargeContext } from '../testing/charge-context.ts'
import { at, spanOf } from '../testing/dates.ts'
import { lateCredits } from './late-credits.ts'

const REMEDY: LateDeliveryRemedy = { graceDays: 10, creditPerWeek: saidShare(0.1) }
const YEAR = spanOf('2026-01-01', '2027-01-01')

/** A hundred accelerators at one dollar, promised for 1 March: a week of them costs 16,800 dollars. */
function late(tranche: Partial<Tranche>, remedy: Partial<LateDeliveryRemedy> = {}): Agreement {
  const promised = said(at('2026-03-01'))
  return anAgreement({
    term: aTerm('2026-01-01', '2027-01-01'),
    lines: [aLine({ price: perHour('1'), tranches: [aTranche({ promised, ...tranche })] })],
    lateDelivery: { ...REMEDY, ...remedy },
  })
}

function credits(agreement: Agreement, more: Partial<Circumstances> = {}): string[] {
  const found = lateCredits(agreement, chargeContext([agreement], { window: YEAR, used: 0, ...more }))
  assert(found.ok, 'every price is known')
  return found.value.map(({ start, amount, basis }) => `${formatDate(start)} ${formatMoney(amount)} ${basis}`)
}

describe('credits for late delivery', () => {
  it('are given for each week that has started after the days of grace, in the month in which it starts', () => {
    // Grace ends on 11 March; weeks start on 11, 18 and 25 March and on 1 April.
    expect(credits(late({ delivered: at('2026-04-02') }))).toEqual([
      '2026-03-01 -5040.00 agreed',
      '2026-04-01 -1680.00 agreed',
    ])
  })

  it('are none within the days of grace, nor for what came in time', () => {
    expect(credits(late({ delivered: at('2026-03-11') }))).toEqual([])
    expect(credits(late({ delivered: at('2026-02-01') }))).toEqual([])
    expect(credits(late({}))).toEqual([])
  })

  it('stop at the cap, a share of the price from promise to delivery', () => {
    // 32 days of lateness would have cost 76,800 dollars, of which 3 % is 2,304: one week and a part of the second.
    const capped = late({ delivered: at('2026-04-02') }, { creditCap: saidShare(0.03) })
    expect(credits(capped)).toEqual(['2026-03-01 -2304.00 agreed'])
  })

  it('are forecast for what is expected or made to slip', () => {
    expect(credits(late({ expected: said(at('2026-03-12')) }))).toEqual(['2026-03-01 -1680.00 forecast'])
    const slips = new Map([['a/gpu', 11 * 86_400_000]])
    expect(credits(late({}), { slips })).toEqual(['2026-03-01 -1680.00 forecast'])
  })

  it('follow from the terms alone once the tranche has been handed over', () => {
    const anyway = (tranche: Partial<Tranche>) => {
      const agreement = late(tranche)
      const found = lateCredits(agreement, chargeContext([agreement], { window: YEAR, used: 0 }))
      assert(found.ok, 'every price is known')
      return found.value.map(({ owedAnyway }) => formatMoney(owedAnyway))
    }
    expect(anyway({ delivered: at('2026-03-12') })).toEqual(['-1680.00'])
    expect(anyway({ expected: said(at('2026-03-12')) })).toEqual(['0.00'])
  })

  it('go on to the end of the term for what never comes', () => {
    const never = credits(late({ expected: said(at('2030-01-01')) }))
    expect(never).toHaveLength(10)
    expect(never.at(-1)).toBe('2026-12-01 -8400.00 forecast')
  })
})

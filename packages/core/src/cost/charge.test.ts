import { describe, expect, it } from 'vitest'
import { formatMoney } from '../base/money.ts'
import { spanOf } from '../testing/dates.ts'
import { usd } from '../testing/usd.ts'
import {
  type Basis,
  type Charge,
  chargedBy,
  chargesWithin,
  footingOf,
  leastSure,
  totalCharged,
} from './charge.ts'

function charge(amount: string, basis: Basis = 'measured', parts: Partial<Charge> = {}): Charge {
  const span = spanOf('2026-01-01', '2026-02-01')
  return {
    ...span,
    agreementId: 'a',
    provider: 'north',
    kind: 'use',
    amount: usd(amount),
    owedAnyway: usd('0'),
    basis,
    termsAssumed: false,
    ...parts,
  }
}

describe('charges', () => {
  it('belong to the horizon in which they end', () => {
    const charges = [charge('1'), charge('2', 'measured', spanOf('2026-02-01', '2026-03-01'))]
    expect(chargesWithin(charges, spanOf('2026-01-15', '2026-02-01'))).toEqual([charges[0]])
    expect(chargesWithin(charges, spanOf('2026-02-01', '2027-01-01'))).toEqual([charges[1]])
  })

  it('add up by what they have, to the same total', () => {
    const charges = [charge('1'), charge('2', 'forecast'), charge('4')]
    const byBasis = chargedBy(charges, 'USD', ({ basis }) => basis)
    expect([...byBasis].map(([basis, sum]) => [basis, formatMoney(sum)])).toEqual([
      ['measured', '5.00'],
      ['forecast', '2.00'],
    ])
    expect(formatMoney(totalCharged(charges, 'USD'))).toBe('7.00')
  })

  it('say how much money rests on what, credits by their size and nothing counted twice', () => {
    const charges = [
      charge('1', 'agreed'),
      charge('2', 'measured'),
      charge('4', 'forecast', { termsAssumed: true }),
      charge('-8', 'assumed'),
      charge('16', 'measured', { termsAssumed: true }),
    ]
    const { byBasis, onAssumedTerms, uncertain, whole } = footingOf(charges, 'USD')
    const sums = [
      byBasis.agreed,
      byBasis.measured,
      byBasis.forecast,
      byBasis.assumed,
      onAssumedTerms,
      uncertain,
      whole,
    ]
    expect(sums.map(formatMoney)).toEqual(['1.00', '18.00', '4.00', '8.00', '20.00', '28.00', '31.00'])
  })

  it('rest on nothing but the terms in the part that is owed whatever is used', () => {
    const charges = [
      charge('10', 'forecast', { owedAnyway: usd('8') }),
      charge('5', 'assumed', { owedAnyway: usd('5'), termsAssumed: true }),
      charge('-3', 'agreed', { owedAnyway: usd('-3') }),
    ]
    const { byBasis, uncertain } = footingOf(charges, 'USD')
    const sums = [byBasis.agreed, byBasis.forecast, byBasis.assumed, uncertain]
    expect(sums.map(formatMoney)).toEqual(['16.00', '2.00', '0.00', '7.00'])
  })

  it('are as sure as their least sure part', () => {
    expect(leastSure([])).toBe('agreed')
    expect(leastSure(['measured', 'agreed'])).toBe('measured')
    expect(leastSure(['assumed', 'forecast', 'measured'])).toBe('assumed')
  })
})

import { expect, it } from 'vitest'
import { anAgreement, aTerm } from '../testing/agreement.ts'
import { at, spanOf } from '../testing/dates.ts'
import { stateAt } from './lifecycle.ts'

const agreement = anAgreement({ signed: at('2025-11-03'), term: aTerm('2026-01-01', '2028-01-01') })

it('is a draft until its signature, signed until its term, active during it and ended after it', () => {
  const states = ['2025-11-02', '2025-11-03', '2025-12-31', '2026-01-01', '2027-12-31', '2028-01-01']
  expect(states.map((date) => stateAt(agreement, at(date)))).toEqual([
    'draft',
    'signed',
    'signed',
    'active',
    'active',
    'ended',
  ])
})

it('stays a draft where nobody signed', () => {
  expect(stateAt({ ...agreement, status: 'draft' }, at('2027-01-01'))).toBe('draft')
})

it('has always been signed where the date of the signature is unknown', () => {
  const { signed: _, ...undated } = agreement
  expect(stateAt(undated, at('2020-01-01'))).toBe('signed')
})

it('ends with an exercised termination and goes on with an exercised extension', () => {
  const window = spanOf('2026-06-01', '2027-06-01')
  const exercised = at('2027-01-01')
  const terminated = { ...agreement, options: [{ id: 'o', kind: 'terminate' as const, window, exercised }] }
  expect(stateAt(terminated, at('2027-01-01'))).toBe('ended')
  const extended = {
    ...agreement,
    options: [{ id: 'o', kind: 'extend' as const, window, months: 6, exercised }],
  }
  expect([stateAt(extended, at('2028-06-30')), stateAt(extended, at('2028-07-01'))]).toEqual([
    'active',
    'ended',
  ])
})

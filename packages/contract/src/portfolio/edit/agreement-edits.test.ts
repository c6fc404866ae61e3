import { instant } from '@offtake/core/base/instant'
import { describe, expect, test } from 'vitest'
import { SMALL_TEXTS } from '../../testing/small-portfolio.ts'
import { agreementIdIn, agreementText, delivered, exercised, late, signed } from './agreement-edits.ts'
import { withQuota } from './quota-edit.ts'

const ALPHA = SMALL_TEXTS['agreements/alpha.yaml'] ?? ''
const SETTINGS = SMALL_TEXTS['offtake.yaml'] ?? ''
const DAY = instant(Date.UTC(2026, 8, 3, 15))

function changedLines(before: string, after: string | undefined): string[] {
  const old = before.split('\n')
  return (after ?? 'nothing').split('\n').filter((line) => !old.includes(line))
}

describe('an agreement’s file', () => {
  test('says its id', () => {
    expect(agreementIdIn(ALPHA)).toBe('alpha-1')
    expect(agreementIdIn('- id: x\n')).toBeUndefined()
    expect(agreementIdIn(agreementText({ id: 'x-1', title: 'of: it' }))).toBe('x-1')
  })

  test('is signed in its status and with a day', () => {
    const draft = ALPHA.replace('signed: 2025-12-01', 'status: draft # for now')
    expect(changedLines(draft, signed(draft, DAY))).toEqual([
      'status: signed # for now',
      'signed: 2026-09-03',
    ])
  })

  test('says when a tranche came, or is expected by now', () => {
    const second = { line: 'h100', tranche: 'second' }
    expect(changedLines(ALPHA, delivered(ALPHA, second, DAY))).toEqual(['        delivered: 2026-09-03'])
    expect(changedLines(ALPHA, late(ALPHA, second, { expected: DAY, source: 'a "letter"' }))).toEqual([
      '        expected: { value: 2026-09-03, source: "a \\"letter\\"" }',
    ])
    expect(delivered(ALPHA, { line: 'h100', tranche: 'third' }, DAY)).toBeUndefined()
    expect(late(ALPHA, { line: 'h200', tranche: 'second' }, { expected: DAY })).toBeUndefined()
  })

  test('says when an option was exercised', () => {
    expect(changedLines(ALPHA, exercised(ALPHA, 'expand', DAY))).toEqual(['    exercised: 2026-09-03'])
  })
})

describe('the settings', () => {
  test.each([
    [{ tenant: 'research', pool: '*', accelerators: 24 }, ["      - { pool: '*', accelerators: 24 }"]],
    [{ tenant: 'research', pool: 'b/c/d', accelerators: 8 }, ['      - { pool: "b/c/d", accelerators: 8 }']],
    [{ tenant: 'lab', pool: '*', accelerators: 100 }, ['    quotas: [{ pool: "*", accelerators: 100 }]']],
  ])('get a quota %j', (change, lines) => {
    expect(changedLines(SETTINGS, withQuota(SETTINGS, change))).toEqual(lines)
  })

  test('get none for a tenant that they do not have', () => {
    expect(withQuota(SETTINGS, { tenant: 'nobody', pool: '*', accelerators: 1 })).toBeUndefined()
  })
})

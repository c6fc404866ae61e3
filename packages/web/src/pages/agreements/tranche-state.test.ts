import { expect, test } from 'vitest'
import { lateText, trancheState } from './tranche-state.ts'

const NOW = Date.parse('2026-11-24T12:00:00Z')
const tranche = {
  id: 't',
  accelerators: 72,
  promised: '2026-10-01T00:00:00Z',
  expected: null,
  delivered: null,
}

test('a delivery that came after its promise is late by the days between', () => {
  const state = trancheState({ ...tranche, delivered: '2026-10-03T00:00:00Z' }, NOW)
  expect(state).toEqual({ kind: 'delivered', lateDays: 2 })
  expect(lateText(state.lateDays)).toBe('2 days late')
})

test('a delivery before its promise is on time', () => {
  const state = trancheState({ ...tranche, delivered: '2026-09-20T00:00:00Z' }, NOW)
  expect(lateText(state.lateDays)).toBe('on time')
})

test('what was not recorded by its day is overdue, and late by as far as its day was moved', () => {
  expect(trancheState(tranche, NOW)).toEqual({ kind: 'overdue', lateDays: 0 })
  const moved = { ...tranche, expected: '2026-11-01T00:00:00Z' }
  expect(trancheState(moved, NOW)).toEqual({ kind: 'overdue', lateDays: 31 })
})

test('what is said to come later is expected, and late by what lies between promise and then', () => {
  const moved = { ...tranche, expected: '2026-12-01T00:00:00Z' }
  expect(trancheState(moved, NOW)).toEqual({ kind: 'expected', lateDays: 61 })
})

test('what is promised for a day to come is promised', () => {
  expect(trancheState({ ...tranche, promised: '2027-01-01T00:00:00Z' }, NOW).kind).toBe('promised')
})

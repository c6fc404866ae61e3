import type { StayView } from '@offtake/contract/api/stay'
import { expect, test } from 'vitest'
import { ticksOf, timeLineOf } from './time-line-layout.ts'

const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
const ms = (minute: number): number => Date.parse(at(minute))

function stay(from: number, until: number | null, more: Partial<StayView> = {}): StayView {
  const places = [{ role: 'worker', pool: 'a', accelerators: 8, nodes: [], domains: [] }]
  return {
    stay: 0,
    start: at(from),
    end: until === null ? null : at(until),
    because: null,
    lostSeconds: 0,
    places,
    ...more,
  }
}

const LIFE = { submittedAt: at(0), endedAt: null, state: 'running' }

test('waits lie before the first stay and between stays, each pool has a row of its own', () => {
  const b = [{ role: 'worker', pool: 'b', accelerators: 8, nodes: [], domains: [] }]
  const line = timeLineOf(LIFE, [stay(5, 10, { lostSeconds: 60 }), stay(20, null, { places: b })], ms(30))
  expect(line).toMatchObject({ start: ms(0), end: ms(30), rows: ['Waiting', 'a', 'b'] })
  expect(line.bars.filter(({ kind }) => kind === 'waited').map(({ start, end }) => [start, end])).toEqual([
    [ms(0), ms(5)],
    [ms(10), ms(20)],
  ])
  expect(line.bars.find(({ row }) => row === 'a')).toMatchObject({
    end: ms(10),
    lostFrom: ms(9),
    isOpen: false,
  })
  expect(line.bars.find(({ row }) => row === 'b')).toMatchObject({ end: ms(30), isOpen: true })
})

test('what runs on at once elsewhere has not waited in between', () => {
  const line = timeLineOf(LIFE, [stay(0, 10, { because: 'moved' }), stay(10, null)], ms(20))
  expect(line.rows).toEqual(['a'])
})

test('one that waits again has an open wait at its end', () => {
  const line = timeLineOf({ ...LIFE, state: 'waiting' }, [stay(0, 10)], ms(20))
  expect(line.bars[0]).toMatchObject({ kind: 'waited', start: ms(10), end: ms(20), isOpen: true })
})

test('the axis has as many marks as there is room for, at whole steps', () => {
  expect(ticksOf(ms(0) + 1, ms(60), 4).map((tick) => (tick - ms(0)) / 60_000)).toEqual([15, 30, 45, 60])
  expect(ticksOf(ms(0), ms(0), 4)).toEqual([ms(0)])
})

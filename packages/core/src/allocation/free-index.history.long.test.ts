import { expect, test } from 'vitest'
import { playIndexHistory } from '../testing/index-history.ts'

const HISTORIES = 2_000
const STEPS = 5_000

test('in ten million steps every choice is the best fit that a look at every node finds', {
  timeout: 1_800_000,
}, () => {
  const wrong = Array.from({ length: HISTORIES }, (_, n) => playIndexHistory(1_000_000 + n, STEPS))
  expect(wrong.filter((each) => each !== undefined)).toEqual([])
})

import { expect, test } from 'vitest'
import { playIndexHistory } from '../testing/index-history.ts'

const HISTORIES = 600
const STEPS = 2_000

test('in more than a million steps every choice is the best fit that a look at every node finds', {
  timeout: 120_000,
}, () => {
  const wrong = Array.from({ length: HISTORIES }, (_, seed) => playIndexHistory(seed, STEPS))
  expect(wrong.filter((each) => each !== undefined)).toEqual([])
})

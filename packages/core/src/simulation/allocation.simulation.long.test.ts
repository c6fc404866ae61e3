import { expect, test } from 'vitest'
import { drawHistory } from './histories/draw-history.ts'
import { playHistory } from './histories/play-history.ts'

// Other seeds than those that every run plays. One that fails is played alone by `npm run simulate -- SEED`.
const HUNDREDS = Array.from({ length: 20 }, (_, n) => 3_000 + n * 100)

test.each(HUNDREDS)('the hundred histories from seed %i on break no rule', (first) => {
  const broken = Array.from({ length: 100 }, (_, n) => first + n).flatMap((seed) => {
    const { breaches } = playHistory(drawHistory(seed))
    return breaches.length > 0 ? [{ seed, breaches }] : []
  })
  expect(broken).toEqual([])
})

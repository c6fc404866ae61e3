import { expect, test } from 'vitest'
import { playedAcrossSnapshot } from './testing/played-across-snapshot.ts'
import { loadedPortfolio, START_UP } from './testing/played-portfolio.ts'

test('the start-up comes to the same bytes from a snapshot taken half-way', async () => {
  const { whole, resumed } = playedAcrossSnapshot(await loadedPortfolio(START_UP))
  expect(resumed.summary).toBe(whole.summary)
  expect(resumed.events === whole.events).toBe(true)
  expect(whole.events.length).toBeGreaterThan(100_000)
})

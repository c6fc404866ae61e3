import { expect, test } from 'vitest'
import { playedAcrossSnapshot } from './testing/played-across-snapshot.ts'
import { FRONTIER_LAB, firstMonths, loadedPortfolio } from './testing/played-portfolio.ts'

test('the first half-year of the frontier lab comes to the same bytes from a snapshot taken half-way', async () => {
  const portfolio = firstMonths(await loadedPortfolio(FRONTIER_LAB), 6)
  const { whole, resumed } = playedAcrossSnapshot(portfolio)
  expect(resumed.summary).toBe(whole.summary)
  // Compared outside of the assertion: the difference of such texts would take longer to find than to play.
  expect(resumed.events === whole.events).toBe(true)
})

import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { playedAcrossSnapshot } from './testing/played-across-snapshot.ts'
import { loadedPortfolio, START_UP } from './testing/played-portfolio.ts'

test('the frontier lab comes to the same bytes from a snapshot taken half-way', async () => {
  const portfolio = await loadedPortfolio(resolve(START_UP, '../frontier-lab'))
  const { whole, resumed } = playedAcrossSnapshot(portfolio)
  expect(resumed.summary).toBe(whole.summary)
  // Compared outside of the assertion: the difference of such texts would take longer to find than to play.
  expect(resumed.events === whole.events).toBe(true)
})

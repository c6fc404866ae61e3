import { playPortfolio } from '@offtake/core/simulation/play'
import { expect, test } from 'vitest'
import { FRONTIER_LAB, firstMonths, loadedPortfolio } from './testing/played-portfolio.ts'

test('played with the terms of its agreements, the frontier lab’s first two years are charged for what the allocator counted', async () => {
  const portfolio = firstMonths(await loadedPortfolio(FRONTIER_LAB), 24)
  expect(playPortfolio(portfolio, { countsTakes: true }).ok).toBe(true)
})

import { playPortfolio } from '@offtake/core/simulation/play'
import { expect, test } from 'vitest'
import { loadedPortfolio, START_UP } from './testing/played-portfolio.ts'

test('played with the terms of its agreements, the start-up is charged for what the allocator counted', async () => {
  const portfolio = await loadedPortfolio(START_UP)
  expect(playPortfolio(portfolio, { countsTakes: true }).ok).toBe(true)
})

import { resolve } from 'node:path'
import { playPortfolio } from '@offtake/core/simulation/play'
import { expect, test } from 'vitest'
import { loadedPortfolio } from './testing/played-portfolio.ts'

const FRONTIER_LAB = resolve(import.meta.dirname, '../../../examples/frontier-lab')

test('played with the terms of its agreements, the frontier lab is charged for what the allocator counted', async () => {
  const portfolio = await loadedPortfolio(FRONTIER_LAB)
  expect(playPortfolio(portfolio, { countsTakes: true }).ok).toBe(true)
})

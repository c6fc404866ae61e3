import { summarise } from '@offtake/core/simulation/summary'
import { expect, test } from 'vitest'
import { expectGolden } from './testing/golden.ts'
import { FRONTIER_LAB, loadedPortfolio, playedPortfolio } from './testing/played-portfolio.ts'

test('the seven years of examples/frontier-lab come to what they came to before, with every gang and every failure', async () => {
  const counted = { gangs: 0, failures: 0, events: 0 }
  const result = playedPortfolio(await loadedPortfolio(FRONTIER_LAB), ({ kind }) => {
    counted.events += 1
    if (kind === 'submitted') counted.gangs += 1
    if (kind === 'nodeFailed') counted.failures += 1
  })
  const summary = summarise(result)
  expect(summary.allocation).toMatchObject({
    gangs: counted.gangs,
    nodeFailures: counted.failures,
    events: counted.events,
  })
  await expectGolden('frontier-lab', summary)
})

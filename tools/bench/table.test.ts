import { expect, test } from 'vitest'
import { renderResults } from './table.ts'

test('a table shows every figure, its ratio, whether the limit holds and whether the target is reached', () => {
  const table = renderResults(
    [
      {
        name: 'fifo',
        repeats: 2,
        figures: [
          {
            key: 'speed',
            unit: 'jobs/s',
            better: 'higher',
            target: 20_000,
            median: 25_000,
            min: 1,
            max: 30_000,
            samples: [],
            ratio: 0.025,
          },
          {
            key: 'memory',
            unit: 'MB',
            better: 'lower',
            target: 100,
            median: 250,
            min: 240,
            max: 260,
            samples: [],
          },
        ],
        yardstick: { name: 'a loop', median: 1_000_000, samples: [] },
      },
    ],
    [{ case: 'fifo', figure: 'speed', limit: 'ratio ≥ 0.03', holds: false }],
  )
  expect(`\n${table}\n`).toBe(`
case  figure                median   min     max   ratio  limit               target
fifo  speed (jobs/s)        25,000  1.00  30,000  0.0250  ratio ≥ 0.03 WORSE  ≥ 20,000 reached
      memory (MB)              250   240     260                              ≤ 100 missed
      yardstick: a loop  1,000,000
`)
})

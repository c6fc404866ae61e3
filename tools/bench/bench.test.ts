import { expect, test } from 'vitest'
import { type BenchCase, runCase } from './bench.ts'

function caseOf(samples: readonly number[], yardsticks: readonly number[], log: string[] = []): BenchCase {
  const left = [...samples]
  const yardsticksLeft = [...yardsticks]
  return {
    name: 'a case',
    repeats: samples.length,
    figures: [
      { key: 'speed', unit: 'jobs/s', better: 'higher' },
      { key: 'memory', unit: 'MB', better: 'lower' },
    ],
    measure: async () => {
      log.push('measure')
      return { speed: left.shift() ?? 0, memory: 7 }
    },
    yardstick: {
      name: 'a yardstick',
      figure: 'speed',
      measure: async () => {
        log.push('yardstick')
        return yardsticksLeft.shift() ?? 0
      },
    },
  }
}

test('a case comes to median, least and most of its runs, and a ratio to the yardstick beside each', async () => {
  const result = await runCase(caseOf([30, 10, 20], [300, 100, 100]), () => {})
  expect(result.figures[0]).toMatchObject({ median: 20, min: 10, max: 30, samples: [30, 10, 20], ratio: 0.1 })
  expect(result.figures[1]).toMatchObject({ median: 7, min: 7, max: 7 })
  expect(result.figures[1]).not.toHaveProperty('ratio')
  expect(result.yardstick).toEqual({ name: 'a yardstick', median: 100, samples: [300, 100, 100] })
})

test('case and yardstick are run in turns, so that a slow minute meets both', async () => {
  const log: string[] = []
  await runCase(caseOf([1, 2], [1, 2], log), () => {})
  expect(log).toEqual(['yardstick', 'measure', 'yardstick', 'measure'])
})

import { resolve } from 'node:path'
import { summarise } from '@offtake/core/simulation/summary'
import { expect, test } from 'vitest'
import { expectGolden } from './testing/golden.ts'
import {
  FRONTIER_LAB,
  firstMonths,
  loadedPortfolio,
  playedPortfolio,
  START_UP,
} from './testing/played-portfolio.ts'
import { testOnRealData } from './testing/real-data.ts'
import { runOfftake } from './testing/run-offtake.ts'

const ROOT = resolve(import.meta.dirname, '../../..')

/** A machine that others work on plays a portfolio many times slower. */
const SLOW_MS = 300_000

test(
  'examples/start-up comes to what it came to before',
  async () => {
    const portfolio = await loadedPortfolio(START_UP)
    await expectGolden('start-up', summarise(playedPortfolio(portfolio)))
  },
  SLOW_MS,
)

test(
  'the first year of examples/frontier-lab comes to what it came to before',
  async () => {
    const portfolio = firstMonths(await loadedPortfolio(FRONTIER_LAB), 12)
    await expectGolden('frontier-lab-first-year', summarise(playedPortfolio(portfolio)))
  },
  SLOW_MS,
)

const REPLAYS = [
  {
    name: 'philly-2490-fifo',
    trace: 'philly/jobs.csv.gz',
    format: 'philly',
    fleet: 'philly-2490-gpus',
    policy: 'fifo',
  },
  {
    name: 'philly-2490-default',
    trace: 'philly/jobs.csv.gz',
    format: 'philly',
    fleet: 'philly-2490-gpus',
    policy: 'default',
  },
  {
    name: 'philly-600-fifo',
    trace: 'philly/jobs.csv.gz',
    format: 'philly',
    fleet: 'philly-600-gpus',
    policy: 'fifo',
  },
  {
    name: 'philly-600-default',
    trace: 'philly/jobs.csv.gz',
    format: 'philly',
    fleet: 'philly-600-gpus',
    policy: 'default',
  },
  {
    name: 'muri-testbed-fifo',
    trace: 'muri/testbed.csv',
    format: 'muri',
    fleet: 'muri-64-gpus',
    policy: 'fifo',
  },
  {
    name: 'muri-testbed-default',
    trace: 'muri/testbed.csv',
    format: 'muri',
    fleet: 'muri-64-gpus',
    policy: 'default',
  },
  {
    name: 'muri-testbed-srtf',
    trace: 'muri/testbed.csv',
    format: 'muri',
    fleet: 'muri-64-gpus',
    policy: 'srtf',
  },
  {
    name: 'muri-testbed-srsf',
    trace: 'muri/testbed.csv',
    format: 'muri',
    fleet: 'muri-64-gpus',
    policy: 'srsf',
  },
  {
    name: 'muri-testbed-las-2d',
    trace: 'muri/testbed.csv',
    format: 'muri',
    fleet: 'muri-64-gpus',
    policy: 'las-2d',
  },
  {
    name: 'muri-testbed-balanced',
    trace: 'muri/testbed.csv',
    format: 'muri',
    fleet: 'muri-64-gpus',
    policy: 'balanced',
  },
] as const

for (const { name, trace, format, fleet, policy } of REPLAYS) {
  testOnRealData(`the replay ${name} waits, completes and uses what it did before`, trace, async (path) => {
    const machines = resolve(ROOT, 'bench', `${fleet}.yaml`)
    const args = [
      'simulate',
      '--fleet',
      machines,
      '--trace',
      path,
      '--format',
      format,
      '--policy',
      policy,
      '--json',
    ]
    const { code, out } = await runOfftake(args)
    expect(code).toBe(0)
    const { wallMs, jobsPerSecond, peakMemoryMb, ...decided } = JSON.parse(out)
    expect([wallMs, jobsPerSecond, peakMemoryMb].every((measured) => measured > 0)).toBe(true)
    await expectGolden(name, decided)
  })
}

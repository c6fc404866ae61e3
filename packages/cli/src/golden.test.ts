import { resolve } from 'node:path'
import { summarise } from '@offtake/core/simulation/summary'
import { expect, test } from 'vitest'
import { loadedPortfolio, playedPortfolio } from './testing/played-portfolio.ts'
import { testOnRealData } from './testing/real-data.ts'
import { runOfftake } from './testing/run-offtake.ts'

const ROOT = resolve(import.meta.dirname, '../../..')

/** A machine that others work on plays a portfolio many times slower. */
const SLOW_MS = 300_000

/** Holds a whole result to the one that was looked at and kept; `npm run golden:update` keeps another one. */
async function expectGolden(name: string, value: unknown): Promise<void> {
  const kept = resolve(ROOT, 'golden', `${name}.expected.json`)
  await expect(`${JSON.stringify(value, null, 2)}\n`).toMatchFileSnapshot(kept)
}

test.each(['start-up', 'frontier-lab'])(
  'examples/%s comes to what it came to before',
  async (example) => {
    const portfolio = await loadedPortfolio(resolve(ROOT, 'examples', example))
    await expectGolden(example, summarise(playedPortfolio(portfolio)))
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

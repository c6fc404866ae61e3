import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ROOT } from '../root.ts'
import type { Bench, BenchCase } from './bench.ts'
import { runNode } from './child.ts'

const TRACE = resolve(ROOT, process.env.OFFTAKE_DATA ?? '../shared/data', 'philly/jobs.csv.gz')
const BARE_LOOP = join(ROOT, 'tools/bench/bare-replay-run.ts')
const OFFTAKE = join(ROOT, 'packages/cli/bin/offtake.js')

/** On the larger fleet nothing waits, on the smaller one more than a thousand at a time. */
const FLEETS = [2490, 600]

/** The design asks for this speed on both. */
const JOBS_PER_SECOND = 200_000

/** The replay of a real trace of 82,247 jobs through the allocator, by the command, as anyone would run it. */
export const PHILLY: Bench = {
  name: 'philly',
  about:
    'offtake simulate on the Philly trace, beside a bare loop that does first come, first served and nothing else',
  unavailable: () => {
    if (existsSync(TRACE)) return undefined
    const named = process.env.OFFTAKE_DATA !== undefined
    return { because: `there is no ${TRACE}${named ? '' : '; set OFFTAKE_DATA'}`, fails: named }
  },
  cases: FLEETS.flatMap((accelerators) =>
    (['fifo', 'default'] as const).map((policy) => caseOf(accelerators, policy)),
  ),
}

function caseOf(accelerators: number, policy: 'fifo' | 'default'): BenchCase {
  let bare: BareReplay | undefined
  return {
    name: `${accelerators} GPUs, ${policy}`,
    repeats: 3,
    figures: [
      { key: 'jobsPerSecond', unit: 'jobs/s', better: 'higher', target: JOBS_PER_SECOND },
      { key: 'peakMemoryMb', unit: 'MB', better: 'lower' },
      { key: 'wallSeconds', unit: 's, reading included', better: 'lower' },
      { key: 'meanWaitHours', unit: 'h', better: 'lower' },
    ],
    measure: async () => {
      const sample = await simulate(accelerators, policy)
      if (policy === 'fifo' && bare) requireSameAnswer(sample.meanWaitHours, bare.meanWaitHours)
      return sample
    },
    yardstick: {
      name: 'a bare loop',
      figure: 'jobsPerSecond',
      measure: async () => {
        bare = await replayBarely(accelerators)
        return bare.jobsPerSecond
      },
    },
  }
}

interface BareReplay {
  readonly jobsPerSecond: number
  readonly meanWaitHours: number
}

async function simulate(accelerators: number, policy: string) {
  const fleet = join(ROOT, `bench/philly-${accelerators}-gpus.yaml`)
  const inputs = ['--fleet', fleet, '--trace', TRACE, '--format', 'philly']
  const { output, wallSeconds, peakMemoryMb } = await runNode([
    OFFTAKE,
    'simulate',
    ...inputs,
    '--policy',
    policy,
    '--json',
  ])
  const { jobsPerSecond, waitHours } = JSON.parse(output) as {
    jobsPerSecond: number
    waitHours: { mean: number }
  }
  return { jobsPerSecond, peakMemoryMb, wallSeconds, meanWaitHours: waitHours.mean }
}

async function replayBarely(accelerators: number): Promise<BareReplay> {
  const { output } = await runNode(['--import', 'tsx', BARE_LOOP, TRACE, String(accelerators)])
  return JSON.parse(output) as BareReplay
}

/** Speed counts only where the work was done: first come, first served has one answer, which both must give. */
function requireSameAnswer(hours: number, bareHours: number): void {
  if (Math.abs(hours - bareHours) <= 1e-9 * Math.max(1, bareHours)) return
  throw new Error(`the mean wait is ${hours} h, but the bare loop waits ${bareHours} h`)
}

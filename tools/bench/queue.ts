import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ROOT } from '../root.ts'
import type { Bench, BenchCase, Sample } from './bench.ts'
import { runNode } from './child.ts'

const DATA = resolve(ROOT, process.env.OFFTAKE_DATA ?? '../shared/data', 'muri')
const OFFTAKE = join(ROOT, 'packages/cli/bin/offtake.js')
const FLEET = join(ROOT, 'bench/muri-64-gpus.yaml')

/**
 * The least mean completion in seconds that any order could reach without sharing accelerators: the mean busy times of the
 * trace on one machine of 64-fold speed, those of the smallest work first, and half of each running time.
 */
const BOUNDS = { testbed: 186_991, trace1: 789_237, trace2: 2_067_416 } as const

interface Row {
  readonly trace: keyof typeof BOUNDS
  readonly policy: string
  readonly durations?: 'foreseen'
  /** What the design asks for, in seconds. */
  readonly targets?: { readonly mean?: number; readonly makespan?: number; readonly p99?: number }
}

const ROWS: readonly Row[] = [
  { trace: 'testbed', policy: 'fifo' },
  { trace: 'testbed', policy: 'default' },
  { trace: 'testbed', policy: 'conservative' },
  { trace: 'testbed', policy: 'las-2d' },
  { trace: 'testbed', policy: 'srtf' },
  { trace: 'testbed', policy: 'srsf' },
  { trace: 'testbed', policy: 'quickest', targets: { mean: 205_000, makespan: 3_850_000 } },
  { trace: 'testbed', policy: 'balanced', targets: { mean: 215_000, p99: 1_500_000 } },
  {
    trace: 'testbed',
    policy: 'srsf',
    durations: 'foreseen',
    targets: { mean: 300_000, makespan: 3_900_000, p99: 1_500_000 },
  },
  { trace: 'testbed', policy: 'las-2d', durations: 'foreseen' },
  { trace: 'testbed', policy: 'balanced', durations: 'foreseen' },
  { trace: 'trace1', policy: 'srsf', targets: { mean: 900_000 } },
  { trace: 'trace1', policy: 'quickest', targets: { mean: 900_000 } },
  { trace: 'trace1', policy: 'balanced' },
  { trace: 'trace2', policy: 'srsf', targets: { mean: 2_120_000 } },
  { trace: 'trace2', policy: 'balanced' },
]

/** The traces of Muri (SIGCOMM 2022) on 8 nodes of 8, policy by policy. */
export const QUEUE: Bench = {
  name: 'queue',
  about:
    'how long the jobs of Muri’s traces take, policy by policy, beside the least that is possible without sharing',
  unavailable: () => {
    if (existsSync(DATA)) return undefined
    const named = process.env.OFFTAKE_DATA !== undefined
    return { because: `there is no ${DATA}${named ? '' : '; set OFFTAKE_DATA'}`, fails: named }
  },
  cases: ROWS.map(caseOf),
}

function caseOf({ trace, policy, durations, targets = {} }: Row): BenchCase {
  const { mean, makespan, p99 } = targets
  const seconds = { unit: 's', better: 'lower' } as const
  return {
    name: `${trace}, ${policy}${durations ? `, durations ${durations}` : ''}`,
    repeats: 1,
    figures: [
      { key: 'completionMean', ...seconds, ...(mean === undefined ? {} : { target: mean }) },
      { key: 'completionP99', ...seconds, ...(p99 === undefined ? {} : { target: p99 }) },
      { key: 'makespan', ...seconds, ...(makespan === undefined ? {} : { target: makespan }) },
      { key: 'preemptions', unit: '', better: 'lower' },
      { key: 'jobsPerSecond', unit: 'jobs/s', better: 'higher' },
    ],
    measure: () => play(trace, policy, durations ?? 'known'),
    yardstick: {
      name: 'the least possible',
      figure: 'completionMean',
      measure: () => Promise.resolve(BOUNDS[trace]),
    },
  }
}

async function play(trace: string, policy: string, durations: string): Promise<Sample> {
  const { output } = await runNode([
    OFFTAKE,
    ...['bench', 'queue', '--json', '--format', 'muri', '--fleet', FLEET],
    ...['--trace', join(DATA, `${trace}.csv`), '--policy', policy, '--durations', durations],
  ])
  const score = JSON.parse(output) as {
    completionSeconds: { mean: number; p99: number }
    makespanSeconds: number
    preemptions: number
    jobsPerSecond: number
  }
  return {
    completionMean: score.completionSeconds.mean,
    completionP99: score.completionSeconds.p99,
    makespan: score.makespanSeconds,
    preemptions: score.preemptions,
    jobsPerSecond: score.jobsPerSecond,
  }
}

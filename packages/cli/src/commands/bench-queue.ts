import { basename } from 'node:path'
import { formatCount } from '@offtake/contract/text/format-number'
import { POLICIES, type PolicyName } from '@offtake/core/allocation/policies/policy-names'
import { HOUR_MS, SECOND_MS } from '@offtake/core/base/instant'
import type { FleetPool } from '@offtake/core/capacity/fleet'
import { type KnownDurations, replayTrace } from '@offtake/core/simulation/replay'
import type { Distribution } from '@offtake/core/simulation/run-statistics'
import type { Trace } from '@offtake/core/simulation/trace'
import { type Command, Option } from 'commander'
import type { Finish } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { loadFleet } from '../files/load-fleet.ts'
import { loadTrace } from '../files/traces/load-trace.ts'
import { durationsOption, type TraceOptions, withTrace } from '../options/trace-options.ts'
import { createOutput, type Output } from '../output.ts'
import { startProgress } from '../progress.ts'

interface Options extends TraceOptions {
  readonly policy: PolicyName | 'all'
  readonly durations: KnownDurations
  readonly json?: boolean
}

const NAMES = Object.keys(POLICIES) as PolicyName[]
const SECONDS_PER_HOUR = HOUR_MS / SECOND_MS
const IN_MILLIONS = 1_000_000

/** `offtake bench queue`: how long the jobs of a trace wait and take, policy by policy. */
export function registerBenchQueue(bench: Command, finish: Finish): void {
  withTrace(
    bench.command('queue').description('how long the jobs of a trace wait and take, policy by policy'),
  )
    .addOption(
      new Option('--policy <policy>', 'in which order jobs start').choices([...NAMES, 'all']).default('all'),
    )
    .addOption(durationsOption())
    .option('--json', 'print JSON: one object, or a list of them for all policies')
    .addHelpText(
      'after',
      '\nExample:\n  offtake bench queue --fleet fleet.yaml --trace jobs.csv --format muri --policy balanced',
    )
    .action(async (options: Options) => {
      const output = createOutput(options.json === true)
      const pools = await loadFleet(options.fleet, output)
      const trace = pools && (await loadTrace(options.trace, options.format, pools, output))
      if (!pools || !trace) return finish(EXIT.badInput)
      const policies = options.policy === 'all' ? NAMES : [options.policy]
      const progress = startProgress('replaying')
      const scores = policies.map((policy, n) =>
        scoreOf(policy, options, pools, trace, (share) => progress.update((n + share) / policies.length)),
      )
      progress.stop()
      report(scores, output)
      finish(EXIT.done)
    })
}

interface QueueScore {
  readonly policy: PolicyName
  readonly trace: string
  readonly durations: KnownDurations
  readonly completionSeconds: Pick<Distribution, 'mean' | 'p99'>
  readonly makespanSeconds: number
  readonly waitSeconds: Pick<Distribution, 'mean' | 'p99'>
  readonly preemptions: number
  readonly jobsPerSecond: number
}

function scoreOf(
  policy: PolicyName,
  { trace: file, durations }: Options,
  pools: readonly FleetPool[],
  { jobs }: Trace,
  progress: (share: number) => void,
): QueueScore {
  const started = performance.now()
  const statistics = replayTrace({ pools, jobs, policy: POLICIES[policy], durations, progress })
  const seconds = ({ mean, p99 }: Distribution) => ({
    mean: mean * SECONDS_PER_HOUR,
    p99: p99 * SECONDS_PER_HOUR,
  })
  return {
    policy,
    trace: basename(file),
    durations,
    completionSeconds: seconds(statistics.completionHours),
    makespanSeconds: statistics.makespanHours * SECONDS_PER_HOUR,
    waitSeconds: seconds(statistics.waitHours),
    preemptions: statistics.evictions,
    jobsPerSecond: Math.round((1000 * jobs.length) / (performance.now() - started)),
  }
}

function report(scores: readonly QueueScore[], output: Output): void {
  if (output.json) return output.document(scores.length === 1 ? scores[0] : scores)
  output.table(
    ['policy', 'completion, s', 'makespan, M s', 'p99, M s', 'wait, s', 'pre-empted', 'jobs/s'],
    scores.map((score) => [
      score.policy,
      formatCount(Math.round(score.completionSeconds.mean)),
      (score.makespanSeconds / IN_MILLIONS).toFixed(3),
      (score.completionSeconds.p99 / IN_MILLIONS).toFixed(3),
      formatCount(Math.round(score.waitSeconds.mean)),
      formatCount(score.preemptions),
      formatCount(score.jobsPerSecond),
    ]),
  )
}

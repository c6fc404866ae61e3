import { POLICIES, type PolicyName } from '@offtake/core/allocation/policies/policy-names'
import type { FleetPool } from '@offtake/core/capacity/fleet'
import { acceleratorsIn } from '@offtake/core/capacity/topology'
import { type KnownDurations, replayTrace } from '@offtake/core/simulation/replay'
import { rejectedRows, type Trace } from '@offtake/core/simulation/trace'
import { type Command, Option } from 'commander'
import type { Finish } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { loadFleet } from '../files/load-fleet.ts'
import { loadTrace } from '../files/traces/load-trace.ts'
import { durationsOption, type TraceOptions, withTrace } from '../options/trace-options.ts'
import { createOutput } from '../output.ts'
import { startProgress } from '../progress.ts'
import { printReplay, type ReplayReport } from '../simulate-report.ts'

interface Options extends TraceOptions {
  readonly policy: PolicyName
  readonly moves?: boolean
  readonly durations: KnownDurations
  readonly json?: boolean
}

/** `offtake simulate`: replays a trace through the allocator. */
export function registerSimulate(program: Command, finish: Finish): void {
  withTrace(
    program
      .command('simulate')
      .description(
        'replay a trace of jobs through the allocator: waits, completion, use, fragmentation, fairness',
      ),
  )
    .addOption(
      new Option('--policy <policy>', 'in which order jobs start')
        .choices(Object.keys(POLICIES))
        .default('default'),
    )
    .addOption(durationsOption())
    .option(
      '--moves',
      'move running gangs that are movable where a large one then starts so much earlier that it pays',
    )
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  offtake simulate --fleet fleet.yaml --trace jobs.csv.gz --format philly --policy fifo',
    )
    .action(async (options: Options) => {
      const output = createOutput(options.json === true)
      const pools = await loadFleet(options.fleet, output)
      const trace = pools && (await loadTrace(options.trace, options.format, pools, output))
      if (!pools || !trace) return finish(EXIT.badInput)
      printReplay(replay(options, pools, trace), output)
      finish(EXIT.done)
    })
}

function replay(options: Options, pools: readonly FleetPool[], trace: Trace): ReplayReport {
  const progress = startProgress('replaying')
  const started = performance.now()
  const statistics = replayTrace({
    pools,
    jobs: trace.jobs,
    policy: options.moves ? { ...POLICIES[options.policy], movesGangs: true } : POLICIES[options.policy],
    durations: options.durations,
    progress: progress.update,
  })
  const wallMs = performance.now() - started
  progress.stop()
  return {
    statistics,
    policy: options.policy,
    durations: options.durations,
    accelerators: pools.reduce((sum, { groups }) => sum + acceleratorsIn(groups), 0),
    rejected: rejectedRows(trace),
    rejectedBy: trace.rejectedBy,
    outOfOrder: trace.outOfOrder,
    wallMs,
    peakMemoryMb: process.resourceUsage().maxRSS / 1024,
  }
}

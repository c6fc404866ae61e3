import { EtaForecaster } from '@offtake/core/allocation/explain/eta-forecaster'
import { explainGang } from '@offtake/core/allocation/explain/explain'
import { POLICIES, type PolicyName } from '@offtake/core/allocation/policies/policy-names'
import type { Instant } from '@offtake/core/base/instant'
import type { FleetPool } from '@offtake/core/capacity/fleet'
import { type KnownDurations, replayInput } from '@offtake/core/simulation/replay'
import { Simulator } from '@offtake/core/simulation/simulator'
import type { Trace } from '@offtake/core/simulation/trace'
import { type Command, Option } from 'commander'
import type { Finish } from '../command.ts'
import { EXIT, type ExitCode } from '../exit-code.ts'
import { type Answer, printExplanation } from '../explain-report.ts'
import { loadFleet } from '../files/load-fleet.ts'
import { loadTrace } from '../files/traces/load-trace.ts'
import { dateOption } from '../options/date-option.ts'
import { durationsOption, type TraceOptions, withTrace } from '../options/trace-options.ts'
import { createOutput } from '../output.ts'

interface Options extends TraceOptions {
  readonly policy: PolicyName
  readonly durations: KnownDurations
  readonly gang: string
  readonly at: Instant
  readonly json?: boolean
}

/** How often ETAs are compared with what comes: once in so many parts of the history up to the moment asked about. */
const COMPARISONS = 400

/** `offtake explain`: plays a trace to a moment, and says of one gang why it waits, until when, and what would start it now. */
export function registerExplain(program: Command, finish: Finish): void {
  withTrace(
    program
      .command('explain')
      .description('why a job of a trace waits at a moment, when it starts, and what would start it now'),
  )
    .addOption(
      new Option('--policy <policy>', 'in which order jobs start')
        .choices(Object.keys(POLICIES))
        .default('default'),
    )
    .addOption(durationsOption())
    .requiredOption('--gang <id>', 'the job asked about, by its id in the trace')
    .addOption(dateOption('--at <time>', 'the moment, for instance 2017-10-05T12:00').makeOptionMandatory())
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nExample:\n  offtake explain --fleet fleet.yaml --trace jobs.csv.gz --format philly \\\n    --gang philly-20000 --at 2017-10-05T12:00',
    )
    .action(async (options: Options) => finish(await explain(options)))
}

async function explain(options: Options): Promise<ExitCode> {
  const output = createOutput(options.json === true)
  const pools = await loadFleet(options.fleet, output)
  const trace = pools && (await loadTrace(options.trace, options.format, pools, output))
  if (!pools || !trace) return EXIT.badInput
  const answer = answerTo(options, pools, trace)
  if (answer.kind === 'unknown') {
    output.problem(`${options.gang} unknownGang the trace has no such job that the fleet could start`)
    return EXIT.badInput
  }
  printExplanation(options.gang, options.at, answer, output)
  return EXIT.done
}

function answerTo(
  { gang: gangId, at, policy, durations }: Options,
  pools: readonly FleetPool[],
  { jobs }: Trace,
): Answer {
  const job = jobs.find(({ gang }) => gang.id === gangId)
  if (!job) return { kind: 'unknown' }
  if (job.submitted > at) return { kind: 'notSubmitted', submitted: job.submitted }
  const before = jobs.filter(({ submitted }) => submitted <= at).length
  const input = replayInput({ pools, jobs, policy: POLICIES[policy], durations })
  let ended: Instant | undefined
  const simulator: Simulator = new Simulator(input, (event) => {
    forecaster.observe(event)
    if (event.kind === 'finished' && event.gangId === gangId) ended = event.at
  })
  const forecaster = new EtaForecaster(simulator.allocator, Math.max(1, Math.ceil(before / COMPARISONS)))
  simulator.run(at + 1)
  if (ended !== undefined) return { kind: 'ended', at: ended }
  const explanation = explainGang(simulator.allocator, forecaster, gangId, at)
  return explanation.kind === 'ended' ? { kind: 'unknown' } : explanation
}

import type { FleetPool } from '@offtake/core/capacity/fleet'
import { rejectedRows, type Trace } from '@offtake/core/simulation/trace'
import type { Output } from '../../output.ts'
import { readTrace, type TraceFormat } from './read-trace.ts'
import { traceFleetOf } from './trace-fleet.ts'
import { describeTraceProblem } from './trace-problem.ts'

/** The jobs of a trace that can be used on the fleet; what is wrong with it, and what is left out, is said. */
export async function loadTrace(
  file: string,
  format: TraceFormat,
  pools: readonly FleetPool[],
  output: Output,
): Promise<Trace | undefined> {
  const trace = await readTrace(file, format, traceFleetOf(pools))
  if (!trace.ok) {
    for (const problem of trace.problems) output.problem(describeTraceProblem(problem))
    return undefined
  }
  const { outOfOrder } = trace.value
  if (outOfOrder > 0) output.note(`${file}: ${outOfOrder} rows were not in order of time; they were sorted`)
  const rejected = rejectedRows(trace.value)
  const [first] = trace.value.rejected
  if (first)
    output.note(
      `${file}: ${rejected} rows were left out, the first one in line ${first.line} (${first.because})`,
    )
  return trace.value
}

import { type Command, Option } from 'commander'
import { TRACE_FORMATS, type TraceFormat } from '../files/traces/read-trace.ts'

/** The jobs that a command plays, and the machines that it plays them on. */
export interface TraceOptions {
  readonly fleet: string
  readonly trace: string
  readonly format: TraceFormat
}

/** Gives a command the options that name a fleet and a trace. */
export function withTrace(command: Command): Command {
  return command
    .requiredOption('--fleet <file>', 'the machines: a YAML file as in a portfolio’s fleet/ folder')
    .requiredOption('--trace <file>', 'the jobs: CSV or JSON lines, plain or gzipped')
    .addOption(
      new Option('--format <format>', 'how the trace is written').choices(TRACE_FORMATS).default('offtake'),
    )
}

/** The option that says what the allocator knows of how long jobs run. */
export function durationsOption(): Option {
  return new Option(
    '--durations <what>',
    'known: every job states its true running time as its limit; stated: only limits of the trace; foreseen: where it states none, what those that ended before teach',
  )
    .choices(['known', 'stated', 'foreseen'])
    .default('known')
}

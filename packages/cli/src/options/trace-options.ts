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

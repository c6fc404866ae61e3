import { type DestinationStream, destination, type Level, type Logger, pino } from 'pino'
import { masked } from './access/masked.ts'

export type LogLevel = Level | 'silent'

const STDERR = 2

/** Writes lines of JSON to standard error. No secret that is known by its look, nor one of these, is in any of them. */
export function createLog(
  level: LogLevel,
  secrets: readonly string[] = [],
  stream: DestinationStream = destination({ dest: STDERR, sync: true }),
): Logger {
  const hooks = { streamWrite: (line: string) => masked(line, secrets) }
  return pino({ level, hooks, base: { pid: process.pid }, serializers: { err: errorView } }, stream)
}

/** Of an error what tells where it is from. What else hangs on one may be anything, as the bytes of a request. */
function errorView(error: unknown): unknown {
  if (!(error instanceof Error)) return String(error)
  const { name, message, stack, cause } = error
  const code = 'code' in error ? String(error.code) : undefined
  return { name, code, message, stack, ...(cause === undefined ? {} : { cause: errorView(cause) }) }
}

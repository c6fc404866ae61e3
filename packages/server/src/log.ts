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
  return pino({ level, hooks, base: { pid: process.pid }, redact: ['req.headers.authorization'] }, stream)
}

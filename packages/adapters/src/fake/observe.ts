import type { RunEnd, RunName } from '../ports.ts'

/** Nothing real ran, so nothing went wrong. */
export function endSeen({ gangId, stay }: RunName): RunEnd {
  return { gangId, stay, exitCode: 0 }
}

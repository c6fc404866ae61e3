import type { Run, RunName } from '../ports.ts'

export function nameOf({ gangId, stay }: RunName): string {
  return `${gangId}#${stay}`
}

/** When a run is over, on a clock that runs so much faster than the real one; nothing where no duration is stated. */
export function endOf({ placedAt, keptMs, speed, spec }: Run, clockSpeed: number): number | undefined {
  const { durationMs } = spec
  if (durationMs === undefined) return undefined
  return placedAt + Math.max(0, durationMs - keptMs) / speed / clockSpeed
}

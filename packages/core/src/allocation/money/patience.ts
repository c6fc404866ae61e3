import type { GangState } from '../gang-state.ts'

/** Until when it holds out for its price: before all time where it names neither a price nor a time. */
export function patienceEnd({ gang, submittedAt }: GangState): number {
  const { maxMicrosPerHour, mayWaitMs } = gang.spending ?? {}
  if (mayWaitMs !== undefined) return submittedAt + mayWaitMs
  return maxMicrosPerHour === undefined ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

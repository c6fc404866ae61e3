import type { RefusalCause } from '@offtake/core/allocation/events'
import { Refused } from '../engine/order.ts'
import { Problem } from '../problem.ts'

/** Passes on what failed; a refusal that is about one field of the request with the path of that. */
export function withPath(paths: Partial<Record<RefusalCause, string>>): (error: unknown) => never {
  return (error) => {
    const path = error instanceof Refused ? paths[error.because] : undefined
    if (path === undefined || !(error instanceof Refused)) throw error
    throw new Problem('refused', error.because, [{ path, message: error.because }])
  }
}

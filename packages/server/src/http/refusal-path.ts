import type { RefusalCause } from '@offtake/core/allocation/events'
import { Refused } from '../engine/order.ts'

/** A refusal that is about one field of the request. */
export class RefusedAt extends Refused {
  readonly path: string

  constructor(because: RefusalCause, path: string) {
    super(because)
    this.path = path
  }
}

/** Passes on what failed; a refusal that is about one field of the request with the path of that. */
export function withPath(paths: Partial<Record<RefusalCause, string>>): (error: unknown) => never {
  return (error) => {
    const path = error instanceof Refused ? paths[error.because] : undefined
    if (path === undefined || !(error instanceof Refused)) throw error
    throw new RefusedAt(error.because, path)
  }
}

import type { Job } from '../demand/job.ts'

/** A trace as a list of jobs in order of submission, with what was wrong in it. */
export interface Trace {
  readonly jobs: readonly Job[]
  /** Rows that were not in order of time: they are sorted, stably. */
  readonly outOfOrder: number
  readonly rejected: readonly RejectedRow[]
}

export interface RejectedRow {
  readonly line: number
  readonly because: 'noDuration' | 'noSize' | 'noTime' | 'tooLarge' | 'malformed'
}

import type { Job } from '../demand/job.ts'

/** A trace as a list of jobs in order of submission, with what was wrong in it. */
export interface Trace {
  readonly jobs: readonly Job[]
  /** Rows that came after a row of a later time: they are sorted, stably. */
  readonly outOfOrder: number
  /** Rows that are left out: each of the first thousand, in order of line. */
  readonly rejected: readonly RejectedRow[]
  /** All rows that are left out, by cause. */
  readonly rejectedBy: Readonly<Partial<Record<RejectionCause, number>>>
}

export interface RejectedRow {
  readonly line: number
  readonly because: RejectionCause
  /** The column or field at fault, where it is one. */
  readonly field?: string
}

export type RejectionCause =
  | 'noTime'
  | 'noDuration'
  | 'noSize'
  /** It would not start even if nothing ran: too many accelerators or cores, or members that fit nowhere so close together. */
  | 'tooLarge'
  /** Accepts no hardware that the fleet has. */
  | 'noSuchHardware'
  | 'duplicateId'
  /** A value that is there and cannot be read, or a row with too few or too many columns. */
  | 'malformed'

/** How many rows of the trace are left out. */
export function rejectedRows(trace: Trace): number {
  return Object.values(trace.rejectedBy).reduce((sum, count) => sum + count, 0)
}

import type { Role } from '@offtake/core/demand/gang'
import type { Job } from '@offtake/core/demand/job'
import type { RejectedRow, RejectionCause, Trace } from '@offtake/core/simulation/trace'
import type { TraceFleet } from './trace-fleet.ts'

const REJECTED_ROWS_KEPT = 1000

/** Gathers the jobs of a trace, and counts what is left out. */
export class JobCollector {
  readonly #fleet: TraceFleet
  readonly #jobs: Job[] = []
  readonly #ids = new Set<string>()
  readonly #rejected: RejectedRow[] = []
  readonly #rejectedBy: Partial<Record<RejectionCause, number>> = {}
  #latest = Number.NEGATIVE_INFINITY
  #outOfOrder = 0

  constructor(fleet: TraceFleet) {
    this.#fleet = fleet
  }

  add(job: Job, line: number): void {
    const cause = this.#ids.has(job.gang.id) ? 'duplicateId' : this.#cannotRun(job.gang.roles)
    if (cause !== undefined) {
      this.reject(line, cause)
      return
    }
    this.#ids.add(job.gang.id)
    if (job.submitted < this.#latest) this.#outOfOrder++
    this.#latest = Math.max(this.#latest, job.submitted)
    this.#jobs.push(job)
  }

  reject(line: number, because: RejectionCause, field?: string): void {
    this.#rejectedBy[because] = (this.#rejectedBy[because] ?? 0) + 1
    if (this.#rejected.length >= REJECTED_ROWS_KEPT) return
    this.#rejected.push({ line, because, ...(field !== undefined && { field }) })
  }

  /** The trace in order of submission; rows of one moment keep their order. */
  finish(): Trace {
    if (this.#outOfOrder > 0) this.#jobs.sort((a, b) => a.submitted - b.submitted)
    return {
      jobs: this.#jobs,
      outOfOrder: this.#outOfOrder,
      rejected: this.#rejected,
      rejectedBy: this.#rejectedBy,
    }
  }

  #cannotRun(roles: readonly Role[]): RejectionCause | undefined {
    const { empty } = this.#fleet
    if (!empty.hasHardwareFor(roles)) return 'noSuchHardware'
    return empty.holds(roles) ? undefined : 'tooLarge'
  }
}

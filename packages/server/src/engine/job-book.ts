import type { JobSpec } from '@offtake/contract/api/job'
import type { AllocationEvent } from '@offtake/core/allocation/events'
import { acceleratorsOf } from '@offtake/core/demand/gang'
import type { ChangedRows } from '../store/journal.ts'
import type { JobRow } from '../store/tables.ts'
import type { AllocationOrder } from './order.ts'
import { UsageBook } from './usage-book.ts'

/** The jobs that have not ended, as their rows will stand once the events of a batch are written. */
export class JobBook {
  readonly #jobs = new Map<string, JobRow>()
  readonly #changed = new Map<string, JobRow>()

  readonly #usage: UsageBook

  constructor(alive: Iterable<JobRow> = [], usage = new UsageBook()) {
    for (const job of alive) this.#jobs.set(job.id, job)
    this.#usage = usage
  }

  get(id: string): JobRow | undefined {
    return this.#jobs.get(id)
  }

  alive(): Iterable<JobRow> {
    return this.#jobs.values()
  }

  /** With what the order that led to it says beside its command. */
  fold(
    event: AllocationEvent,
    seq: number,
    { spec = '{}', exitCode }: Pick<AllocationOrder, 'spec' | 'exitCode'>,
  ): void {
    this.#foldUsage(event)
    switch (event.kind) {
      case 'submitted': {
        const { gang, at } = event
        return this.#set({
          id: gang.id,
          tenant: gang.tenant,
          name: (JSON.parse(spec) as JobSpec).name ?? gang.id,
          state: 'waiting',
          priority: gang.priority,
          accelerators: acceleratorsOf(gang),
          spec,
          submitted_at: at,
          started_at: null,
          ended_at: null,
          evictions: 0,
          pool: null,
          exit_code: null,
          seq,
        })
      }
      case 'placed':
        return this.#change(event.gangId, {
          state: 'running',
          started_at: event.at,
          pool: event.parts[0]?.poolId ?? null,
          seq,
        })
      case 'evicted': {
        const evictions = (this.#jobs.get(event.gangId)?.evictions ?? 0) + 1
        return this.#change(event.gangId, { state: 'waiting', pool: null, evictions, seq })
      }
      case 'finished':
        return this.#change(event.gangId, {
          state: exitCode ? 'failed' : 'finished',
          exit_code: exitCode ?? null,
          ended_at: event.at,
          seq,
        })
      case 'cancelled':
        return this.#change(event.gangId, { state: 'cancelled', ended_at: event.at, seq })
    }
  }

  /** The rows that have changed since the last call. */
  takeChanged(): ChangedRows {
    const jobs = [...this.#changed.values()]
    this.#changed.clear()
    return { jobs, spans: this.#usage.takeChanged() }
  }

  #foldUsage(event: AllocationEvent): void {
    if (!('gangId' in event)) return
    const job = this.#jobs.get(event.gangId)
    this.#usage.fold(event, job && { tenant: job.tenant, stay: job.evictions })
  }

  #change(id: string, parts: Partial<JobRow>): void {
    const job = this.#jobs.get(id)
    if (job) this.#set({ ...job, ...parts })
  }

  #set(job: JobRow): void {
    this.#changed.set(job.id, job)
    if (job.ended_at === null) this.#jobs.set(job.id, job)
    else this.#jobs.delete(job.id)
  }
}

import type { Allocator } from '@offtake/core/allocation/allocator'
import type { JobBook } from './job-book.ts'
import type { Order, Outcome } from './order.ts'

export interface EngineListener {
  /** Told of every entry, in order, once it is durable, with its events as the journal has them. */
  entry(outcome: Outcome, events: string): void
  /** Told when the state was read again: entries may have become durable of which nobody was told. */
  recovered?(): void
}

/** What carries out orders, whether in this process or in one of them at a time. */
export interface Engine {
  readonly allocator: Allocator
  readonly jobs: JobBook
  /** The number of the last durable entry that is known here. */
  readonly seq: number
  readonly isReady: boolean
  /** Carries out an order. Fails with Refused, KeyConflict or Overloaded where nothing was done, else with Unavailable. */
  submit(order: Order): Promise<Outcome>
  listen(listener: EngineListener): () => void
}

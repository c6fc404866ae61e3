import { setMaxListeners } from 'node:events'
import type { Adapter } from '@offtake/adapters/ports'
import type { Allocator } from '@offtake/core/allocation/allocator'
import type { Kysely } from 'kysely'
import { entriesAfter, outcomeOf } from '../store/journal.ts'
import { currentLeader, type Leader } from '../store/leadership.ts'
import type { Tables } from '../store/tables.ts'
import type { Engine, EngineListener } from './engine.ts'
import type { JobBook } from './job-book.ts'
import type { Order, Outcome } from './order.ts'

/** The engine leads in another process, to which what was asked may be forwarded; or nowhere just now. */
export class Elsewhere extends Error {
  override readonly name = 'Elsewhere'
  readonly leader: Leader | undefined
  /** Aborted once another leads, so that nobody waits for one that was stopped. */
  readonly signal: AbortSignal

  constructor(leader: Leader | undefined, signal: AbortSignal) {
    super(leader ? `${leader.holder} leads` : 'no engine leads at this moment')
    this.leader = leader
    this.signal = signal
  }
}

/** How often a process that does not lead looks for new entries. */
const LOOK_MS = 100

/**
 * Where the leader sits. In the process that leads it is the engine; in others whatever needs the engine fails with Elsewhere, and
 * listeners are told of what the leader writes.
 */
export class Seat implements Engine {
  readonly #db: Kysely<Tables>
  readonly #listeners = new Set<EngineListener>()
  /** Whether this process was elected and reads what is durable, so that nobody takes orders yet. */
  isComing = false
  #engine: Engine | undefined
  #holds: () => boolean = () => false
  #adapters: readonly Adapter[] = []
  #stopListening: (() => void) | undefined
  #leader: Leader | undefined
  #term = newTerm()
  #seen = 0
  #timer: NodeJS.Timeout | undefined

  constructor(db: Kysely<Tables>) {
    this.#db = db
  }

  get leads(): boolean {
    return this.#engine !== undefined && this.#holds()
  }

  /** Whether orders are taken in, here or where they are forwarded to. */
  get isReady(): boolean {
    return this.#engine ? this.leads && this.#engine.isReady : !this.isComing && this.#leader !== undefined
  }

  get seq(): number {
    return this.#engine?.seq ?? this.#seen
  }

  get allocator(): Allocator {
    return this.#here().allocator
  }

  get jobs(): JobBook {
    return this.#here().jobs
  }

  /** Those that the leader runs gangs by. */
  get adapters(): readonly Adapter[] {
    this.#here()
    return this.#adapters
  }

  async submit(order: Order): Promise<Outcome> {
    return this.#here().submit(order)
  }

  listen(listener: EngineListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Begins to follow what is written, wherever that is. */
  async follow(): Promise<void> {
    if (this.#seen === 0) this.#seen = (await currentLeader(this.#db)).seq
    this.#wait()
  }

  /** This process leads from now on, as long as its lease holds: one that was stopped and wakes knows by it that it may not. */
  sit(engine: Engine, holds: () => boolean, adapters: readonly Adapter[]): void {
    clearTimeout(this.#timer)
    this.#engine = engine
    this.#holds = holds
    this.#adapters = adapters
    for (const listener of this.#listeners) listener.recovered?.()
    this.#stopListening = engine.listen({
      entry: (outcome, events) => this.#tell(outcome, events),
      recovered: () => {
        for (const listener of this.#listeners) listener.recovered?.()
      },
    })
  }

  /** This process leads no more. */
  rise(): void {
    this.#stopListening?.()
    this.#seen = this.#engine?.seq ?? this.#seen
    this.#engine = undefined
    this.#knowLeader(undefined)
    this.#wait()
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#stopListening?.()
  }

  #here(): Engine {
    if (this.#engine && this.#holds()) return this.#engine
    throw new Elsewhere(this.#leader, this.#term.signal)
  }

  #tell(outcome: Outcome, events: string): void {
    for (const listener of this.#listeners) listener.entry(outcome, events)
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      this.#look()
        .catch(() => this.#knowLeader(undefined))
        .finally(() => {
          if (!this.#engine) this.#wait()
        })
    }, LOOK_MS)
  }

  #knowLeader(leader: Leader | undefined): void {
    if (leader?.holder !== this.#leader?.holder) {
      this.#term.abort()
      this.#term = newTerm()
    }
    this.#leader = leader
  }

  async #look(): Promise<void> {
    const { seq, leader } = await currentLeader(this.#db)
    if (this.#engine) return
    this.#knowLeader(leader)
    if (seq <= this.#seen) return
    for await (const page of entriesAfter(this.#db, this.#seen))
      for (const row of page) {
        if (this.#engine) return
        this.#seen = row.seq
        this.#tell(outcomeOf(row), row.events)
      }
  }
}

/** As many listen to its end as requests are on their way to the leader. */
function newTerm(): AbortController {
  const term = new AbortController()
  setMaxListeners(0, term.signal)
  return term
}

import { LONGEST_TIMER_MS } from '@offtake/adapters/alarm'
import type { Allocator } from '@offtake/core/allocation/allocator'
import type { QueuePolicy } from '@offtake/core/allocation/policies/queue-policy'
import { takeSnapshot } from '@offtake/core/allocation/snapshot'
import { Problem } from '../problem.ts'
import type { Database } from '../store/database.ts'
import { append, entriesOfKeys, type Lead, NoLongerLeading, outcomeOf } from '../store/journal.ts'
import { keepSnapshot } from '../store/snapshots.ts'
import {
  type Decided,
  decide,
  digestOfOrder,
  keyOf,
  keyOfActor,
  type Memory,
  type Waiting,
} from './decide.ts'
import { performAtDesk } from './desk.ts'
import type { Engine, EngineListener } from './engine.ts'
import type { JobBook } from './job-book.ts'
import {
  type AllocationOrder,
  type DeskOrder,
  KeyConflict,
  type Order,
  type Outcome,
  Overloaded,
  Refused,
  Unavailable,
} from './order.ts'
import { recover } from './recover.ts'

export interface EngineOptions {
  readonly policy: QueuePolicy
  readonly clock: () => number
  /** Told once another leads: this one writes nothing more. */
  readonly fenced?: () => void
  /** Orders that may wait to be taken in. */
  readonly queueLimit?: number
  /** Events between two snapshots. */
  readonly snapshotEvery?: number
}

const QUEUE_LIMIT = 10_000
const SNAPSHOT_EVERY = 250_000
const BATCH = 500
/** How long it waits before it asks again for a database that did not answer; twice as long each time. */
const RETRY_MS = { first: 50, most: 2_000 }

/**
 * Carries out orders one after another and answers each when it is durable: a batch of them is decided in memory and written in
 * one transaction. Where that fails, what was decided is forgotten and the state read again, since nobody was told of it.
 */
export class LeadingEngine implements Engine {
  readonly #database: Database
  readonly #options: EngineOptions
  readonly #queue: Waiting[] = []
  readonly #listeners = new Set<EngineListener>()
  #lead: Lead
  #memory: Memory
  #sinceSnapshot = 0
  #isBusy = false
  #trouble: 'none' | 'recovering' | 'fenced' | 'closed' = 'none'
  #idle: Promise<void> = Promise.resolve()
  #wake: NodeJS.Timeout | undefined
  #retry: NodeJS.Timeout | undefined

  private constructor(database: Database, options: EngineOptions, lead: Lead, memory: Memory) {
    this.#database = database
    this.#options = options
    this.#lead = lead
    this.#memory = memory
  }

  /** Reads all that is durable, as the one who leads. */
  static async start(database: Database, lead: Lead, options: EngineOptions): Promise<LeadingEngine> {
    const engine = new LeadingEngine(database, options, lead, await recover(database.db, options.policy))
    engine.#scheduleWake()
    return engine
  }

  get allocator(): Allocator {
    return this.#memory.allocator
  }

  get jobs(): JobBook {
    return this.#memory.jobs
  }

  get seq(): number {
    return this.#memory.seq
  }

  get isReady(): boolean {
    return this.#trouble === 'none'
  }

  listen(listener: EngineListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  submit(order: Order): Promise<Outcome> {
    if (this.#trouble !== 'none')
      return Promise.reject(new Unavailable(`the engine does not take orders: ${this.#trouble}`))
    if (this.#queue.length >= (this.#options.queueLimit ?? QUEUE_LIMIT))
      return Promise.reject(new Overloaded('too many orders wait'))
    return new Promise((resolve, reject) => {
      this.#queue.push({ order, resolve, reject })
      this.#start()
    })
  }

  /** Finishes what it has taken in, keeps a snapshot, and takes no more. */
  async close(): Promise<void> {
    clearTimeout(this.#wake)
    await this.#idle
    clearTimeout(this.#retry)
    const wasReady = this.isReady
    this.#trouble = 'closed'
    if (wasReady && this.#sinceSnapshot > 0) await this.#snapshot()
  }

  #start(): void {
    if (this.#isBusy) return
    this.#isBusy = true
    this.#idle = this.#work().finally(() => {
      this.#isBusy = false
      if (this.#queue.length > 0 && this.#trouble === 'none') this.#start()
    })
  }

  async #work(): Promise<void> {
    // Orders that come within the same turn of the event loop share a transaction.
    await new Promise<void>((resolve) => setImmediate(resolve))
    while (this.#queue.length > 0 && this.#trouble === 'none') await this.#runBatch(this.#nextBatch())
    this.#scheduleWake()
  }

  /** A desk order comes alone, since its transaction is its own. */
  #nextBatch(): readonly Waiting[] {
    const firstAtDesk = this.#queue.slice(0, BATCH).findIndex(({ order }) => isAtDesk(order))
    return this.#queue.splice(0, firstAtDesk < 0 ? BATCH : Math.max(1, firstAtDesk))
  }

  async #runBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      const unknown = await this.#withoutKnown(batch)
      const [first] = unknown
      if (first && hasDeskOrder(first)) await this.#runAtDesk(first)
      else await this.#runAllocation(unknown.filter(hasAllocationOrder))
    } catch (error) {
      return this.#giveUp(batch, error)
    }
    if (this.#sinceSnapshot >= (this.#options.snapshotEvery ?? SNAPSHOT_EVERY)) await this.#snapshot()
  }

  async #runAllocation(waiting: readonly Waiting<AllocationOrder>[]): Promise<void> {
    const batch = decide(waiting, this.#memory, this.#options.clock())
    const entries = batch.decided.map(({ entry }) => entry)
    await append(this.#database.db, this.#lead, entries, this.#memory.jobs.takeChanged())
    for (const one of batch.decided) this.#tell(one)
    for (const { waiting: refused, error } of batch.rejected) refused.reject(error)
  }

  async #runAtDesk(waiting: Waiting<DeskOrder>): Promise<void> {
    try {
      const now = this.#options.clock()
      this.#tell(await performAtDesk(this.#database.db, this.#lead, waiting, this.#memory, now))
    } catch (error) {
      if (!(error instanceof Problem || error instanceof Refused)) throw error
      waiting.reject(error)
    }
  }

  #tell({ outcome, entry: { seq, hash, events }, waiting }: Decided): void {
    this.#memory = { ...this.#memory, seq, hash }
    this.#sinceSnapshot += outcome.events.length
    for (const { resolve } of waiting) resolve(outcome)
    for (const listener of this.#listeners) listener.entry(outcome, events)
  }

  /** Answers those whose key was used before with what came of it then; returns the others. */
  async #withoutKnown(batch: readonly Waiting[]): Promise<readonly Waiting[]> {
    const keys = batch.flatMap(({ order: { actor, key } }) => (key === undefined ? [] : [{ actor, key }]))
    const rows = await entriesOfKeys(this.#database.db, keys)
    const known = new Map(rows.map((row) => [keyOfActor(row.actor, row.idempotency_key ?? ''), row]))
    return batch.filter(({ order, resolve, reject }) => {
      const row = known.get(keyOf(order) ?? '')
      if (!row) return true
      if (row.body_digest !== digestOfOrder(order)) reject(new KeyConflict())
      else resolve(outcomeOf(row))
      return false
    })
  }

  /** Nobody was told of what was decided, so it is forgotten; whether it was written nobody knows until it is read. */
  #giveUp(batch: readonly Waiting[], cause: unknown): void {
    const error = new Unavailable('it could not be written', { cause })
    for (const { reject } of [...batch, ...this.#queue.splice(0)]) reject(error)
    if (cause instanceof NoLongerLeading) this.#fence()
    else {
      this.#trouble = 'recovering'
      this.#recover(RETRY_MS.first)
    }
  }

  #fence(): void {
    this.#trouble = 'fenced'
    clearTimeout(this.#wake)
    this.#options.fenced?.()
  }

  #recover(pauseMs: number): void {
    this.#retry = setTimeout(async () => {
      try {
        const memory = await recover(this.#database.db, this.#options.policy)
        if (this.#trouble !== 'recovering') return
        this.#memory = memory
        this.#trouble = 'none'
        for (const listener of this.#listeners) listener.recovered?.()
        this.#scheduleWake()
      } catch {
        this.#recover(Math.min(RETRY_MS.most, pauseMs * 2))
      }
    }, pauseMs)
  }

  async #snapshot(): Promise<void> {
    try {
      await keepSnapshot(
        this.#database.db,
        this.#memory.seq,
        JSON.stringify(takeSnapshot(this.#memory.allocator.state)),
      )
      this.#sinceSnapshot = 0
    } catch {
      // Without it a restart takes longer, and nothing else is lost; the next batch tries again.
    }
  }

  #scheduleWake(): void {
    clearTimeout(this.#wake)
    const next = this.#memory.allocator.nextWake()
    if (next === undefined || this.#trouble !== 'none') return
    const pause = Math.min(LONGEST_TIMER_MS, Math.max(0, next - this.#options.clock()))
    this.#wake = setTimeout(() => {
      this.submit({ command: { kind: 'wake' }, actor: 'engine' }).catch(() => undefined)
    }, pause)
  }
}

function isAtDesk(order: Order): order is DeskOrder {
  return 'perform' in order
}

function hasDeskOrder(waiting: Waiting): waiting is Waiting<DeskOrder> {
  return isAtDesk(waiting.order)
}

function hasAllocationOrder(waiting: Waiting): waiting is Waiting<AllocationOrder> {
  return !isAtDesk(waiting.order)
}

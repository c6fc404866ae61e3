import type { Allocator } from '@offtake/core/allocation/allocator'
import type { Instant } from '@offtake/core/base/instant'
import { digestOf } from '../digest.ts'
import { chained } from '../store/chain.ts'
import type { Entry } from '../store/journal.ts'
import type { JobBook } from './job-book.ts'
import { type AllocationOrder, KeyConflict, type Order, type Outcome, Refused } from './order.ts'

/** An order on its way, with whom to tell. */
export interface Waiting<Of extends Order = Order> {
  readonly order: Of
  readonly resolve: (outcome: Outcome) => void
  readonly reject: (error: Error) => void
}

/** An order that was carried out in memory, and those that wait for it to be durable: more than one where a key came twice. */
export interface Decided {
  readonly order: Order
  readonly entry: Entry
  readonly outcome: Outcome
  readonly waiting: Waiting[]
}

/** What a batch comes to, to be told once it is durable: a refusal may rest on what was decided before it. */
export interface Batch {
  readonly decided: readonly Decided[]
  readonly rejected: readonly { readonly waiting: Waiting; readonly error: Error }[]
}

/** What orders change in memory. */
export interface Memory {
  readonly allocator: Allocator
  readonly jobs: JobBook
  /** The number of the last entry. */
  readonly seq: number
  /** Its hash, empty before the first. */
  readonly hash: string
}

/** Carries out orders in memory, one after another, each under the moment of the clock. */
export function decide(batch: readonly Waiting<AllocationOrder>[], memory: Memory, now: number): Batch {
  const decided: Decided[] = []
  const rejected: { waiting: Waiting; error: Error }[] = []
  const byKey = new Map<string, Decided>()
  let { seq, hash } = memory
  for (const waiting of batch) {
    const key = keyOf(waiting.order)
    const twin = key === undefined ? undefined : byKey.get(key)
    if (twin) {
      if (twin.entry.digest === digestOfOrder(waiting.order)) twin.waiting.push(waiting)
      else rejected.push({ waiting, error: new KeyConflict() })
      continue
    }
    const done = carryOut(waiting, { ...memory, seq, hash }, now)
    if (done instanceof Error) {
      rejected.push({ waiting, error: done })
      continue
    }
    decided.push(done)
    if (key !== undefined) byKey.set(key, done)
    seq = done.entry.seq
    hash = done.entry.hash
  }
  return { decided, rejected }
}

function carryOut(
  waiting: Waiting<AllocationOrder>,
  { allocator, jobs, seq: last, hash }: Memory,
  now: number,
): Decided | Error {
  const { order } = waiting
  const objection = objectionTo(order, allocator)
  if (objection) return objection
  const seq = last + 1
  const at = momentOf(allocator, now)
  const events = allocator.apply(order.command, at)
  const [first] = events
  if (first?.kind === 'refused') return new Refused(first.because)
  for (const event of events) jobs.fold(event, seq, order)
  const { command, exitCode } = order
  const written = {
    seq,
    at,
    actor: order.actor,
    command: JSON.stringify({ ...command, ...(exitCode === undefined ? {} : { exitCode }) }),
    events: JSON.stringify(events),
    ...keyed(order),
  }
  const entry = chained(written, hash)
  return { order, entry, outcome: { seq, at, events }, waiting: [waiting] }
}

/** Nothing has changed yet, so whatever it is, it is that order's alone. */
function objectionTo({ check }: AllocationOrder, { state }: Allocator): Error | undefined {
  try {
    check?.(state)
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** A clock that jumps back does not take the journal with it. */
export function momentOf({ state }: Allocator, now: number): Instant {
  return Math.max(now, state.now) as Instant
}

/** An order's key, told apart from those of other actors. */
export function keyOf({ actor, key }: Order): string | undefined {
  return key === undefined ? undefined : keyOfActor(actor, key)
}

/** No two actors share one, whatever characters an issuer names them by. */
export function keyOfActor(actor: string, key: string): string {
  return JSON.stringify([actor, key])
}

export function keyed(order: Order): Pick<Entry, 'key' | 'digest'> {
  return order.key === undefined ? {} : { key: order.key, digest: digestOfOrder(order) }
}

export function digestOfOrder(order: Order): string {
  return digestOf(order.asked ?? ('command' in order ? JSON.stringify(order.command) : ''))
}

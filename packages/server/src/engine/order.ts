import type { AllocationState } from '@offtake/core/allocation/allocation-state'
import type { Command } from '@offtake/core/allocation/commands'
import type { AllocationEvent, RefusalCause } from '@offtake/core/allocation/events'
import type { Instant } from '@offtake/core/base/instant'
import type { Transaction } from 'kysely'
import type { Actor } from '../access/actor.ts'
import type { Tables } from '../store/tables.ts'

/** Something that is to change: carried out once, whole or not at all, and in the journal before it is answered. */
export type Order = AllocationOrder | DeskOrder

interface FromSomebody {
  readonly actor: string
  /** The same key of the same actor is carried out once, however often it is sent. */
  readonly key?: string
  /** What was asked, as it was asked: by it an order that comes again under its key is known. The command by default. */
  readonly asked?: string
}

/** A command to the allocator as somebody gives it. */
export interface AllocationOrder extends FromSomebody {
  readonly command: Command
  /** What the gang's process ended with, where one ran. */
  readonly exitCode?: number
  /** What a submitted gang is to run, as JSON: kept for the adapter, not looked at by the allocator. */
  readonly spec?: string
  /** Throws where it is not to be carried out as things are then. One that comes again under its key is not looked at again. */
  readonly check?: (state: AllocationState) => void
}

/** A change of what the allocator does not hold: agreements, tokens, approvals. */
export interface DeskOrder extends FromSomebody {
  /** What is done, in the past tense of the audit: `agreementSigned`. */
  readonly action: string
  readonly target: string
  readonly asked: string
  /** Looks, then writes. What it throws undoes all of it; it may run again where the database was away. */
  readonly perform: (transaction: Transaction<Tables>, at: Instant) => Promise<Performed>
}

export interface Performed {
  /** Answered to whoever asked, and again where the order comes again. No secret: it stays in the journal. */
  readonly result: unknown
  /** Where something else was done than the order says, such as to ask somebody first. */
  readonly action?: string
  /** What the audit shows of it. */
  readonly detail?: object
  /** What the allocator is told with it. */
  readonly commands?: readonly Command[]
}

/** What became of an order, once it is durable. */
export interface Outcome {
  readonly seq: number
  readonly at: Instant
  readonly events: readonly AllocationEvent[]
  readonly result?: unknown
}

/** Who gives an order, and under which key. */
export function orderOf({ id }: Actor, key: string | undefined): Pick<FromSomebody, 'actor' | 'key'> {
  return { actor: id, ...(key === undefined ? {} : { key }) }
}

/** The allocator refused the command, and nothing has changed. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly because: RefusalCause

  constructor(because: RefusalCause) {
    super(because)
    this.because = because
  }
}

/** The key was used before for something else. */
export class KeyConflict extends Error {
  override readonly name = 'KeyConflict'
  constructor() {
    super('the key was used for another order')
  }
}

/** More is asked than can be taken in now; nothing was done. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded'
}

/** It cannot be told whether it was done: the same order with the same key will tell. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable'
}

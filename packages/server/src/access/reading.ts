import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'
import type { Actor } from './actor.ts'

/** Reads the database with the eyes of who asks. */
export class Reading {
  readonly #db: Kysely<Tables>

  constructor(db: Kysely<Tables>) {
    this.#db = db
  }

  as<Value>(_actor: Actor, read: (db: Kysely<Tables>) => Promise<Value>): Promise<Value> {
    return read(this.#db)
  }
}

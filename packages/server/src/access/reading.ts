import { type Kysely, sql } from 'kysely'
import type { Tables } from '../store/tables.ts'
import { type Actor, seesAll } from './actor.ts'
import { type Tenants, tenantsFrom } from './tenancy.ts'

/**
 * Reads the database with the eyes of who asks. A tenant reads as a role that owns no table and sees by the policies of the database
 * alone, so that a query that forgets whose rows it wants gets no others.
 */
export class Reading {
  readonly #db: Kysely<Tables>
  readonly #tenants: Tenants

  constructor(db: Kysely<Tables>, tenants: Tenants) {
    this.#db = db
    this.#tenants = tenants
  }

  async as<Value>(actor: Actor, read: (db: Kysely<Tables>) => Promise<Value>): Promise<Value> {
    if (seesAll(actor)) return read(this.#db)
    const seen = JSON.stringify(actor.tenant === undefined ? [] : tenantsFrom(actor.tenant, this.#tenants()))
    return this.#db.transaction().execute(async (transaction) => {
      await sql`
        select
          set_config('offtake.tenants', array(select json_array_elements_text(${seen}::json))::text, true),
          set_config('role', 'offtake_tenant', true)
      `.execute(transaction)
      return read(transaction)
    })
  }
}

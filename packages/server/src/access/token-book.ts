import { randomBytes } from 'node:crypto'
import type { Role } from '@offtake/contract/api/role'
import type { Kysely } from 'kysely'
import { digestOf } from '../digest.ts'
import { Problem } from '../problem.ts'
import type { Tables, TokenRow } from '../store/tables.ts'
import { tokenByHash } from '../store/tokens.ts'
import type { Actor } from './actor.ts'

/** By it ours are told from others at a glance, by people who find one and by programs that look for secrets. */
const PREFIX = 'oft_'
const SECRET_BYTES = 32

export function newSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64url')
}

export function hashOfSecret(secret: string): string {
  return digestOf(secret)
}

/** For how long what was read of a token is taken to hold; one that is revoked lets in nobody after it. */
const FRESH_MS = 1_000
const MOST_REMEMBERED = 10_000

interface Remembered {
  readonly row: Promise<TokenRow | undefined>
  readonly readAt: number
}

/** The tokens of the table, each read once a second at most, however many requests it comes with. */
export class TokenBook {
  readonly #db: Kysely<Tables>
  readonly #clock: () => number
  readonly #remembered = new Map<string, Remembered>()

  constructor(db: Kysely<Tables>, clock: () => number) {
    this.#db = db
    this.#clock = clock
  }

  async knows(secret: string): Promise<Actor | undefined> {
    if (!secret.startsWith(PREFIX)) return undefined
    const row = await this.#rowOf(hashOfSecret(secret))
    if (!row) return undefined
    if (row.revoked_at !== null) throw new Problem('unauthorized', 'the token was revoked')
    if (row.expires_at <= this.#clock()) throw new Problem('unauthorized', 'the token has expired')
    const { actor, tenant, expires_at: expiresAt } = row
    const roles: Role[] = JSON.parse(row.roles)
    return { id: actor, roles, expiresAt, ...(tenant === null ? {} : { tenant }) }
  }

  async #rowOf(hash: string): Promise<TokenRow | undefined> {
    const now = this.#clock()
    const known = this.#remembered.get(hash)
    if (known && now - known.readAt < FRESH_MS && now >= known.readAt) return known.row
    const row = tokenByHash(this.#db, hash).catch((cause: unknown) => {
      this.#remembered.delete(hash)
      throw new Problem('unavailable', 'it cannot be told now whose token this is', [], { cause })
    })
    this.#remember(hash, { row, readAt: now })
    return row
  }

  /** The oldest is forgotten first: whoever sends many that nobody made takes no more memory than this. */
  #remember(hash: string, what: Remembered): void {
    this.#remembered.delete(hash)
    this.#remembered.set(hash, what)
    const [oldest] = this.#remembered.keys()
    if (this.#remembered.size > MOST_REMEMBERED && oldest !== undefined) this.#remembered.delete(oldest)
  }
}

import { randomUUID } from 'node:crypto'
import {
  createToken,
  listTokens,
  revokeToken,
  type TokenRequest,
  type TokenView,
  whoAmI,
} from '@offtake/contract/api/token-routes'
import type { Kysely } from 'kysely'
import type { Actor } from '../access/actor.ts'
import { hashOfSecret, newSecret } from '../access/token-book.ts'
import type { Engine } from '../engine/engine.ts'
import { type DeskOrder, orderOf } from '../engine/order.ts'
import { notFound, Problem } from '../problem.ts'
import type { Tables, TokenRow } from '../store/tables.ts'
import { tokenById, tokenPage } from '../store/tokens.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { isoOf, isoOrNull } from './iso.ts'
import { whoIs } from './who-is.ts'

/** Tokens: made, listed, revoked; and who one is by one's own. */
export function tokenRoutes(engine: Engine, db: Kysely<Tables>, clock: () => number): Endpoint[] {
  const viewOf = (row: TokenRow): TokenView => tokenView(row, clock())
  return [
    endpoint(createToken, async ({ body, actor, key }) => {
      const made = { id: randomUUID(), secret: newSecret() }
      const { result } = await engine.submit(creation(made, body, actor, key))
      const { id } = result as { readonly id: string }
      // An order that came again under its key made another token, whose secret is gone.
      const secret = id === made.id ? made.secret : null
      return { body: { ...viewOf(await requireToken(db, id)), secret } }
    }),
    endpoint(listTokens, async ({ query }) => {
      const { items, next } = await tokenPage(db, query)
      return { body: { items: items.map(viewOf), next } }
    }),
    endpoint(revokeToken, async ({ params: { id }, actor, key }) => {
      await engine.submit(revocation(id, actor, key))
      return { body: viewOf(await requireToken(db, id)) }
    }),
    endpoint(whoAmI, async ({ actor }) => ({ body: whoIs(actor) })),
  ]
}

/** The secret stays here: the order, and so the journal, has its hash alone. */
function creation(
  { id, secret }: { readonly id: string; readonly secret: string },
  request: TokenRequest,
  actor: Actor,
  key: string | undefined,
): DeskOrder {
  const { actor: of, roles, tenant = null, name = of, expiresIn } = request
  const hash = hashOfSecret(secret)
  return {
    ...orderOf(actor, key),
    action: 'tokenCreated',
    target: id,
    asked: JSON.stringify(request),
    perform: async (transaction, at) => {
      const expires_at = at + expiresIn
      const row = { id, hash, name, actor: of, roles: JSON.stringify(roles), tenant }
      await transaction
        .insertInto('token')
        .values({ ...row, created_at: at, created_by: actor.id, expires_at, revoked_at: null })
        .execute()
      return { result: { id }, detail: { actor: of, name, roles, tenant, expiresAt: isoOf(expires_at) } }
    },
  }
}

function revocation(id: string, actor: Actor, key: string | undefined): DeskOrder {
  return {
    ...orderOf(actor, key),
    action: 'tokenRevoked',
    target: id,
    asked: JSON.stringify({ revoke: id }),
    perform: async (transaction, at) => {
      const { actor: of, name, revoked_at } = await requireToken(transaction, id)
      if (revoked_at !== null) throw new Problem('conflict', `it was revoked at ${isoOf(revoked_at)}`)
      await transaction.updateTable('token').set({ revoked_at: at }).where('id', '=', id).execute()
      return { result: { id }, detail: { actor: of, name } }
    },
  }
}

async function requireToken(db: Kysely<Tables>, id: string): Promise<TokenRow> {
  const row = await tokenById(db, id)
  if (!row) throw notFound('token', id)
  return row
}

function tokenView(row: TokenRow, now: number): TokenView {
  const { id, name, actor, tenant, created_by: createdBy } = row
  return {
    id,
    name,
    actor,
    roles: JSON.parse(row.roles),
    tenant,
    state: stateOf(row, now),
    createdAt: isoOf(row.created_at),
    createdBy,
    expiresAt: isoOf(row.expires_at),
    revokedAt: isoOrNull(row.revoked_at),
  }
}

function stateOf({ revoked_at, expires_at }: TokenRow, now: number): TokenView['state'] {
  if (revoked_at !== null) return 'revoked'
  return expires_at <= now ? 'expired' : 'valid'
}

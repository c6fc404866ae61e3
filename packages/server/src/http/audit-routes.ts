import { showAudit, verifyAudit } from '@offtake/contract/api/audit-routes'
import type { Kysely } from 'kysely'
import { auditPage } from '../store/audit-page.ts'
import { verifyChain } from '../store/chain.ts'
import type { JournalRow, Tables } from '../store/tables.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { isoOf } from './iso.ts'

/** Who changed what, and whether the record of it is whole. */
export function auditRoutes(db: Kysely<Tables>): Endpoint[] {
  return [
    endpoint(showAudit, async ({ query }) => {
      const { rows, next } = await auditPage(db, query)
      return { body: { items: rows.map(viewOf), next } }
    }),
    endpoint(verifyAudit, async () => ({ body: await verifyChain(db) })),
  ]
}

function viewOf({ seq, at, actor, command, hash }: JournalRow) {
  const { kind, action = kind, target = null, detail, ...rest } = JSON.parse(command)
  const of = target ?? rest.gangId ?? rest.gang?.id ?? rest.booking?.id ?? rest.poolId ?? null
  return { seq, at: isoOf(at), actor, action, target: of, detail: detail ?? rest, hash }
}

import type { ServiceRequest, ServiceView } from '@offtake/contract/api/service'
import type { Instant } from '@offtake/core/base/instant'
import type { Transaction } from 'kysely'
import type { DeskOrder } from '../engine/order.ts'
import { requireTag } from '../http/etag.ts'
import { checkedPortfolio } from '../portfolio/checked-portfolio.ts'
import { currentFiles } from '../portfolio/portfolio-store.ts'
import { notFound, Problem } from '../problem.ts'
import type { Tables } from '../store/tables.ts'
import { tagOfSpec } from './stated-services.ts'

type Change = Pick<DeskOrder, 'action' | 'target' | 'asked' | 'perform'>

/** What tells a service's keeper to look. */
const changedBy = (id: string) => ({ serviceChanged: id })

/** What the removal of a service comes to. */
export interface ServiceRemoved {
  readonly serviceChanged: string
  readonly removed: ServiceView
}

/** Makes a service, or makes it be as it is said now. */
export function applyOrder(id: string, request: ServiceRequest, match: string | undefined): Change {
  return {
    action: 'serviceApplied',
    target: id,
    asked: JSON.stringify([id, request]),
    perform: async (transaction, at) => {
      await requireOurs(transaction, id)
      const before = await transaction
        .selectFrom('service')
        .select(['tenant', 'spec'])
        .where('id', '=', id)
        .executeTakeFirst()
      if (before && before.tenant !== request.tenant)
        throw new Problem('conflict', `'${id}' is taken: a service keeps its tenant`)
      requireRead(id, before && tagOfSpec(before.spec), match)
      await write(transaction, id, request, at)
      return { result: changedBy(id), detail: request }
    },
  }
}

export function scaleOrder(id: string, replicas: number): Change {
  return {
    action: 'serviceScaled',
    target: id,
    asked: JSON.stringify([id, replicas]),
    perform: async (transaction, at) => {
      await requireOurs(transaction, id)
      const row = await transaction.selectFrom('service').selectAll().where('id', '=', id).executeTakeFirst()
      if (!row) throw notFound('service', id)
      const { demand: _, ...rest } = JSON.parse(row.spec) as ServiceRequest
      await write(transaction, id, { ...rest, replicas }, at)
      return { result: changedBy(id), detail: { replicas } }
    },
  }
}

/** What was removed is kept as the answer, for whoever asks again under the same key. */
export function removeOrder(
  id: string,
  look: (transaction: Transaction<Tables>) => Promise<ServiceView>,
): Change {
  return {
    action: 'serviceRemoved',
    target: id,
    asked: id,
    perform: async (transaction) => {
      const removed = await look(transaction)
      await requireOurs(transaction, id)
      const { numDeletedRows } = await transaction
        .deleteFrom('service')
        .where('id', '=', id)
        .executeTakeFirst()
      if (numDeletedRows === 0n) throw notFound('service', id)
      const result: ServiceRemoved = { ...changedBy(id), removed }
      return { result }
    },
  }
}

/** Whoever changes one that is there has read it; one that is not there is made without. */
function requireRead(id: string, tag: string | undefined, match: string | undefined): void {
  if (tag !== undefined && match === undefined)
    throw new Problem(
      'needsMatch',
      `there is a service '${id}': read it first, and send its ETag as If-Match`,
    )
  if (tag === undefined && match !== undefined)
    throw new Problem('stale', `there is no service '${id}' by now`)
  if (tag !== undefined) requireTag(match, tag, 'it has changed since it was read')
}

async function write(
  transaction: Transaction<Tables>,
  id: string,
  request: ServiceRequest,
  at: Instant,
): Promise<void> {
  const row = { tenant: request.tenant, spec: JSON.stringify(request), changed_at: at }
  await transaction
    .insertInto('service')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
}

/** What the portfolio states is changed there. */
async function requireOurs(transaction: Transaction<Tables>, id: string): Promise<void> {
  const set = await currentFiles(transaction)
  if (set.version === 0) return
  const { services } = checkedPortfolio(set.files, set.digest)
  if (services.some((service) => service.id === id))
    throw new Problem('conflict', `the portfolio states '${id}': it is changed there`)
}

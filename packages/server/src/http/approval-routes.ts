import { approve, listApprovals, reject, showApproval } from '@offtake/contract/api/approval-routes'
import type { Actor } from '../access/actor.ts'
import { orderOf } from '../engine/order.ts'
import { approvalPage, type HeldFile } from '../portfolio/approvals.ts'
import { rejection } from '../portfolio/change.ts'
import { textAt } from '../portfolio/portfolio-store.ts'
import { approvalView, requireApproval } from './asked.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import type { DeskContext } from './portfolio-routes.ts'

/** What one person asked for and another decides. */
export function approvalRoutes({ engine, db, desk, reader }: DeskContext): Endpoint[] {
  const view = async (id: string) => ({
    body: approvalView(await requireApproval(db, id), await reader.files()),
  })
  return [
    endpoint(listApprovals, async ({ query }) => {
      const { items, next } = await approvalPage(db, query)
      const now = await reader.files()
      return { body: { items: items.map((row) => approvalView(row, now)), next } }
    }),
    endpoint(showApproval, async ({ params: { id } }) => {
      const row = await requireApproval(db, id)
      const held: HeldFile[] = JSON.parse(row.changes)
      const changes = await Promise.all(
        held.map(async ({ path, text, base }) => ({
          path,
          before: base === null ? null : await textAt(db, path, base),
          after: text,
        })),
      )
      return { body: { ...approvalView(row, await reader.files()), changes } }
    }),
    endpoint(approve, async ({ params: { id }, actor, key }) => {
      await engine.submit(desk.approval(orderOf(actor, key), id))
      return view(id)
    }),
    endpoint(reject, async ({ params: { id }, body: { note }, actor, key }) => {
      const mayDecide = (askedBy: string): boolean => askedBy === actor.id || isApprover(actor)
      await engine.submit(rejection(orderOf(actor, key), id, { mayDecide, note: note ?? null }))
      return view(id)
    }),
  ]
}

function isApprover({ roles }: Actor): boolean {
  return roles.includes('approver') || roles.includes('admin')
}

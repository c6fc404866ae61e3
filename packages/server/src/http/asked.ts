import type { ApprovalView } from '@offtake/contract/api/approval-routes'
import type { Kysely } from 'kysely'
import { type HeldFile, isStale } from '../portfolio/approvals.ts'
import { type ApprovalAsked, hasNewPortfolio, type PortfolioChanged } from '../portfolio/change.ts'
import { currentFiles, type FileSet } from '../portfolio/portfolio-store.ts'
import { notFound } from '../problem.ts'
import type { ApprovalRow } from '../store/portfolio-tables.ts'
import type { Tables } from '../store/tables.ts'
import type { Answer } from './endpoint.ts'
import { isoOf, isoOrNull } from './iso.ts'

/** The answer to a change that was carried out; that to one that waits for a second person is 202, with the approval. */
export async function orAsked<Body>(
  db: Kysely<Tables>,
  result: unknown,
  done: (changed: PortfolioChanged) => Promise<Answer<Body>>,
): Promise<Answer<Body | { readonly approval: ApprovalView }>> {
  if (hasNewPortfolio(result)) return done(result)
  const { approvalId } = result as ApprovalAsked
  const approval = approvalView(await requireApproval(db, approvalId), await currentFiles(db))
  return { status: 202, body: { approval } }
}

export async function requireApproval(db: Kysely<Tables>, id: string): Promise<ApprovalRow> {
  const row = await db.selectFrom('approval').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound('approval', id)
  return row
}

export function approvalView(row: ApprovalRow, now: FileSet): ApprovalView {
  const { id, state, action, target, note } = row
  const held: HeldFile[] = JSON.parse(row.changes)
  return {
    id,
    state,
    action,
    target,
    reasons: JSON.parse(row.reasons),
    files: held.map(({ path }) => path),
    stale: state === 'waiting' && isStale(held, now),
    askedBy: row.asked_by,
    askedAt: isoOf(row.asked_at),
    decidedBy: row.decided_by,
    decidedAt: isoOrNull(row.decided_at),
    note,
  }
}

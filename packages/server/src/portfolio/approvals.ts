import type { ApprovalReason } from '@offtake/contract/api/approval-routes'
import type { Kysely, Transaction } from 'kysely'
import type { ApprovalRow } from '../store/portfolio-tables.ts'
import type { Tables } from '../store/tables.ts'
import { comesAfter, pageOfRows } from '../store/time-cursor.ts'
import type { FileChanges, FileSet } from './portfolio-store.ts'

/** A file of a change that waits: what it is to become, and the version that whoever asked has seen. */
export interface HeldFile {
  readonly path: string
  readonly text: string | null
  readonly base: number | null
}

export function heldFiles(before: FileSet, changes: FileChanges): HeldFile[] {
  return [...changes].map(([path, text]) => ({ path, text, base: versionOf(before, path) }))
}

/** Whether one of the files is no longer what whoever asked has seen. */
export function isStale(held: readonly HeldFile[], now: FileSet): boolean {
  return held.some(({ path, base }) => versionOf(now, path) !== base)
}

function versionOf({ files }: FileSet, path: string): number | null {
  return files.find((file) => file.path === path)?.version ?? null
}

export async function writeApproval(
  transaction: Transaction<Tables>,
  row: Omit<ApprovalRow, 'reasons' | 'changes'>,
  reasons: readonly ApprovalReason[],
  held: readonly HeldFile[],
): Promise<void> {
  await transaction
    .insertInto('approval')
    .values({ ...row, reasons: JSON.stringify(reasons), changes: JSON.stringify(held) })
    .execute()
}

/** Whoever holds the token of the data folder. */
const FOLDER_ADMIN = 'admin'

/**
 * Whether there is somebody else who may approve: the admin of the data folder, or, for that one, whoever has a valid token as an
 * approver or admin.
 */
export async function hasSecondPerson(db: Kysely<Tables>, asker: string, at: number): Promise<boolean> {
  if (asker !== FOLDER_ADMIN) return true
  const other = await db
    .selectFrom('token')
    .select('id')
    .where('actor', '!=', asker)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', at)
    .where(({ or, eb }) => or([eb('roles', 'like', '%"approver"%'), eb('roles', 'like', '%"admin"%')]))
    .limit(1)
    .executeTakeFirst()
  return other !== undefined
}

export interface ApprovalFilter {
  readonly state?: ApprovalRow['state']
  readonly cursor?: string
  readonly limit: number
}

/** Approvals from the latest on. */
export async function approvalPage(
  db: Kysely<Tables>,
  { state, cursor, limit }: ApprovalFilter,
): Promise<{ items: ApprovalRow[]; next: string | null }> {
  let query = db.selectFrom('approval').selectAll().where(comesAfter('asked_at', cursor))
  if (state !== undefined) query = query.where('state', '=', state)
  const rows = await query
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  return pageOfRows(rows, limit, (row) => row.asked_at)
}

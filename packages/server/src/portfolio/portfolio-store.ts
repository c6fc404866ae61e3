import { createHash } from 'node:crypto'
import { type FileText, inFolderOrder } from '@offtake/contract/portfolio/file-texts'
import type { Kysely, Transaction } from 'kysely'
import type { PortfolioFileRow, PortfolioVersionRow } from '../store/portfolio-tables.ts'
import type { Tables } from '../store/tables.ts'

/** A file with the version of the portfolio in which it came to be as it is. */
export interface StoredFile extends FileText {
  readonly version: number
}

/** The portfolio as it is now, or was. Version 0 is none: no file. */
export interface FileSet {
  readonly version: number
  readonly digest: string
  readonly files: readonly StoredFile[]
}

/** What becomes of some files; null removes one. */
export type FileChanges = ReadonlyMap<string, string | null>

export interface VersionInfo {
  readonly at: number
  readonly actor: string
  readonly approvedBy?: string
  /** As the audit calls it. */
  readonly action: string
  readonly target: string
}

/** The version and the digest of what is there, without its files. */
export async function currentVersion(db: Kysely<Tables>): Promise<Pick<FileSet, 'version' | 'digest'>> {
  const head = await db
    .selectFrom('portfolio_version')
    .select(['version', 'digest'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
  return head ?? { version: 0, digest: digestOfFiles([]) }
}

export async function currentFiles(db: Kysely<Tables>): Promise<FileSet> {
  const head = await currentVersion(db)
  const rows = await db
    .selectFrom('portfolio_file')
    .select(['path', 'version', 'text', 'has_mark'])
    .where('superseded_by', 'is', null)
    .where('text', 'is not', null)
    .execute()
  return { ...head, files: inFolderOrder(rows.map(fileOf)) }
}

function fileOf(row: Omit<PortfolioFileRow, 'superseded_by'>): StoredFile {
  return { path: row.path, version: row.version, text: textOf(row) }
}

function textOf({ text, has_mark: hasMark }: Pick<PortfolioFileRow, 'text' | 'has_mark'>): string {
  return `${hasMark ? MARK : ''}${text ?? ''}`
}

const MARK = '\uFEFF'

function unmarked(text: string | null): Pick<PortfolioFileRow, 'text' | 'has_mark'> {
  return text?.startsWith(MARK) ? { text: text.slice(1), has_mark: true } : { text, has_mark: false }
}

/** The files with these changes. */
export function changed(files: readonly FileText[], changes: FileChanges): FileText[] {
  const kept = files.filter(({ path }) => !changes.has(path))
  const written = [...changes].flatMap(([path, text]) => (text === null ? [] : [{ path, text }]))
  return inFolderOrder([...kept.map(({ path, text }) => ({ path, text })), ...written])
}

/** What makes these files of those: nothing of a file that stays as it is. */
export function changesBetween(before: readonly FileText[], after: readonly FileText[]): FileChanges {
  const old = new Map(before.map(({ path, text }) => [path, text]))
  const kept = new Set(after.map(({ path }) => path))
  const gone = before.filter(({ path }) => !kept.has(path)).map(({ path }): [string, null] => [path, null])
  const written = after
    .filter(({ path, text }) => old.get(path) !== text)
    .map(({ path, text }): [string, string] => [path, text])
  return new Map<string, string | null>([...written, ...gone])
}

/** Writes the next version, in which these files are otherwise. */
export async function writeVersion(
  transaction: Transaction<Tables>,
  before: FileSet,
  changes: FileChanges,
  { approvedBy, ...info }: VersionInfo,
): Promise<number> {
  const version = before.version + 1
  const digest = digestOfFiles(changed(before.files, changes))
  await transaction
    .insertInto('portfolio_version')
    .values({ ...info, version, digest, approved_by: approvedBy ?? null })
    .execute()
  const paths = [...changes.keys()]
  if (paths.length === 0) return version
  await transaction
    .updateTable('portfolio_file')
    .set({ superseded_by: version })
    .where('superseded_by', 'is', null)
    .where('path', 'in', paths)
    .execute()
  const rows = [...changes].map(([path, text]) => ({ path, version, ...unmarked(text), superseded_by: null }))
  for (let n = 0; n < rows.length; n += ROWS_AT_ONCE)
    await transaction
      .insertInto('portfolio_file')
      .values(rows.slice(n, n + ROWS_AT_ONCE))
      .execute()
  return version
}

/** A statement takes 65,535 parameters at most. */
const ROWS_AT_ONCE = 1_000

/** Of paths and texts in folder order. */
export function digestOfFiles(files: readonly FileText[]): string {
  const hash = createHash('sha256')
  for (const { path, text } of inFolderOrder(files)) hash.update(JSON.stringify([path, text])).update('\n')
  return hash.digest('hex')
}
/** A version of a file, with that of the portfolio; without a text where the file was removed. */
export interface NamedVersion extends PortfolioVersionRow {
  readonly text: string | null
}

/** Every version of one file, the latest first, with who made it. */
export async function versionsOf(db: Kysely<Tables>, path: string): Promise<NamedVersion[]> {
  const rows = await db
    .selectFrom('portfolio_file')
    .innerJoin('portfolio_version', 'portfolio_version.version', 'portfolio_file.version')
    .selectAll('portfolio_version')
    .select(['portfolio_file.text', 'portfolio_file.has_mark'])
    .where('path', '=', path)
    .orderBy('portfolio_file.version', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, text: row.text === null ? null : textOf(row) }))
}

/** A file as it was in one of its versions. */
export async function textAt(db: Kysely<Tables>, path: string, version: number): Promise<string | null> {
  const row = await db
    .selectFrom('portfolio_file')
    .select(['text', 'has_mark'])
    .where('path', '=', path)
    .where('version', '=', version)
    .executeTakeFirst()
  return row?.text === undefined || row.text === null ? null : textOf(row)
}

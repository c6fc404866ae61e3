import { failed, type Result } from '@offtake/core/base/result'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import { inOrder, type PlacedProblem, problemIn } from '../problems.ts'
import type { BuiltIn } from './built-in.ts'
import { type PortfolioFiles, SETTINGS_FILE } from './contents.ts'
import {
  LARGEST_TABLE,
  LARGEST_YAML,
  MIB,
  MOST_CHARACTERS,
  MOST_FILES,
  TABLE_ENDING,
  TABLE_FOLDER,
  TOO_MUCH,
  YAML_FOLDERS,
} from './limits.ts'
import { readPriceCsv } from './price-csv.ts'
import type { TableText } from './price-table.ts'
import { readPortfolio } from './read-portfolio.ts'

/** A portfolio's file as it is written, byte for byte, by its path within the folder. */
export interface FileText {
  readonly path: string
  readonly text: string
}

const LONGEST_PATH = 500
/** What no UTF-8 text of ours has: zeros, and halves of characters. */
const NO_TEXT = /\0|\p{Cs}/u
/** A name that every file system takes, and that is not hidden. */
const NAME = /^[^./\\\p{Cc}][^/\\\p{Cc}]*$/u

/** Whether the format has a place for a file of this path. */
export function isPortfolioPath(path: string): boolean {
  if (path === SETTINGS_FILE) return true
  const [folder = '', ...names] = path.split('/')
  const ending = folder === TABLE_FOLDER ? TABLE_ENDING : '.yaml'
  const isFolder = folder === TABLE_FOLDER || YAML_FOLDERS.includes(folder)
  const areNames = names.length > 0 && names.every((name) => NAME.test(name))
  return isFolder && areNames && path.endsWith(ending) && path.length <= LONGEST_PATH
}

/** In the order in which a folder's files are read. */
export function inFolderOrder<File extends { readonly path: string }>(files: readonly File[]): File[] {
  return files
    .map((file) => ({ file, steps: file.path.split('/') }))
    .sort((a, b) => compareSteps(a.steps, b.steps))
    .map(({ file }) => file)
}

function compareSteps(a: readonly string[], b: readonly string[]): number {
  const n = a.findIndex((step, at) => step !== b[at])
  if (n < 0) return a.length - b.length
  return (a[n] ?? '') < (b[n] ?? '') ? -1 : 1
}

/** The portfolio of these files, or every problem of every file: what `offtake check` says of the folder that holds them. */
export function readFileTexts(
  files: readonly FileText[],
  builtIn: BuiltIn,
): Result<Portfolio, PlacedProblem> {
  const { read, problems } = split(inFolderOrder(files))
  const result = readPortfolio(read, builtIn)
  if (result.ok && problems.length === 0) return result
  return failed(...inOrder([...problems, ...(result.ok ? [] : result.problems)]))
}

function split(files: readonly FileText[]): { read: PortfolioFiles; problems: PlacedProblem[] } {
  const texts: { file: string; text: string }[] = []
  const tables: TableText[] = []
  const problems: PlacedProblem[] = []
  let characters = 0
  for (const [n, { path, text }] of files.entries()) {
    const problem = problemOf(path, text, n)
    if (problem) {
      problems.push(problem)
      continue
    }
    const plain = text.replace(/^\uFEFF/, '')
    if (path.endsWith(TABLE_ENDING)) {
      const table = readPriceCsv(path, plain)
      if (table.ok) tables.push(table.value)
      else problems.push(...table.problems)
      continue
    }
    characters += plain.length
    if (characters > MOST_CHARACTERS) problems.push(problemIn(path, 'fileTooLarge', TOO_MUCH))
    else texts.push({ file: path, text: plain })
  }
  return { read: { texts, tables, unread: problems.map(({ file }) => file) }, problems }
}

function problemOf(path: string, text: string, n: number): PlacedProblem | undefined {
  if (!isPortfolioPath(path))
    return problemIn(path.slice(0, LONGEST_PATH), 'unexpectedFile', 'the format has no place for this file')
  if (n >= MOST_FILES) return problemIn(path, 'tooManyFiles', `more than ${MOST_FILES} files`)
  const most = path.endsWith(TABLE_ENDING) ? LARGEST_TABLE : LARGEST_YAML
  if (text.length > most) return problemIn(path, 'fileTooLarge', `larger than ${most / MIB} MiB`)
  const zero = text.search(NO_TEXT)
  if (zero < 0) return undefined
  return problemIn(path, 'notText', 'this is not UTF-8 text', text.slice(0, zero).split('\n').length)
}

import { nearest, suggestion } from '@offtake/contract/portfolio/nearest'
import type { RejectionCause } from '@offtake/core/simulation/trace'

/** Why a trace cannot be read at all. Lines are counted from 1; where a file breaks off, it is the last line that was whole. */
export type TraceProblem =
  | { readonly code: 'unreadableFile'; readonly file: string; readonly reason: string }
  | { readonly code: 'emptyFile'; readonly file: string }
  | { readonly code: 'notText'; readonly file: string; readonly line: number }
  | { readonly code: 'brokenGzip'; readonly file: string; readonly line: number; readonly reason: string }
  | { readonly code: 'brokenTable'; readonly file: string; readonly line: number; readonly reason: string }
  | {
      readonly code: 'missingColumns'
      readonly file: string
      readonly line: number
      readonly missing: readonly string[]
      readonly found: readonly string[]
    }
  | {
      readonly code: 'unknownColumns'
      readonly file: string
      readonly line: number
      readonly unknown: readonly string[]
      readonly known: readonly string[]
    }
  | {
      readonly code: 'noUsableRow'
      readonly file: string
      readonly rejectedBy: Readonly<Partial<Record<RejectionCause, number>>>
    }

/** `file:line code message`, for a person to read. */
export function describeTraceProblem(problem: TraceProblem): string {
  const place = 'line' in problem ? `${problem.file}:${problem.line}` : problem.file
  return `${place} ${problem.code} ${messageOf(problem)}`
}

function messageOf(problem: TraceProblem): string {
  switch (problem.code) {
    case 'unreadableFile':
      return `the file cannot be read (${problem.reason})`
    case 'emptyFile':
      return 'the file holds nothing'
    case 'notText':
      return 'the file is no text: a trace is CSV or JSON lines in UTF-8, plain or gzipped'
    case 'brokenGzip':
      return `the gzip file is damaged or cut off after this line (${problem.reason})`
    case 'brokenTable':
      return `the table cannot be read on (${problem.reason})`
    case 'missingColumns':
      return problem.missing
        .map((name) => `column '${name}' is missing${likeliest(name, problem.found)}`)
        .join('; ')
    case 'unknownColumns':
      return problem.unknown
        .map((name) => `column '${name}' is not part of the format${suggestion(name, problem.known)}`)
        .join('; ')
    case 'noUsableRow':
      return `no row can be used${causes(problem.rejectedBy)}`
  }
}

function likeliest(missing: string, found: readonly string[]): string {
  const name = nearest(missing, found)
  return name === undefined ? '' : `, is it '${name}'?`
}

function causes(rejectedBy: Readonly<Partial<Record<RejectionCause, number>>>): string {
  const counts = Object.entries(rejectedBy).map(([cause, count]) => `${cause} ${count}`)
  return counts.length > 0 ? ` (${counts.join(', ')})` : ''
}

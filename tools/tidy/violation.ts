import type { Repository } from './repository.ts'

/** A place that breaks a rule, and how. */
export interface Violation {
  readonly path: string
  readonly line: number
  readonly says: string
}

/** One thing that the tidy test holds the repository to. */
export type Rule = (repository: Repository) => readonly Violation[]

/** All places in one text, one a line, in the order of the files: `path:line what is wrong`. */
export function describeViolations(violations: readonly Violation[]): string {
  return [...violations]
    .sort((a, b) => (a.path === b.path ? a.line - b.line : a.path < b.path ? -1 : 1))
    .map(({ path, line, says }) => `${path}:${line} ${says}`)
    .join('\n')
}

import { type Code, isCode, parseCode } from './code.ts'

/** The files of the repository, by their path from its root. */
export interface Repository {
  readonly paths: readonly string[]
  has(path: string): boolean
  text(path: string): string
  /** Every source file, parsed, in the order of the paths. */
  readonly code: readonly Code[]
  codeAt(path: string): Code | undefined
}

export function repositoryOf(paths: readonly string[], text: (path: string) => string): Repository {
  const sorted = [...new Set(paths)].sort()
  const known = new Set(sorted)
  const code = sorted.filter(isCode).map((path) => parseCode(path, text(path)))
  const codeByPath = new Map(code.map((file) => [file.path, file]))
  return {
    paths: sorted,
    has: (path) => known.has(path),
    text,
    code,
    codeAt: (path) => codeByPath.get(path),
  }
}

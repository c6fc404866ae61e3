import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
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

/** What git knows and what it would add: all but the ignored files. */
export function readRepository(root: string): Repository {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const paths = listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path)))
  return repositoryOf(paths, (path) => readFileSync(join(root, path), 'utf8'))
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

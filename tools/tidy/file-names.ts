import { exportsOf } from './exports.ts'
import { nameOf } from './path.ts'
import type { Repository } from './repository.ts'
import type { Violation } from './violation.ts'

/** Words that say nothing of what is in a file, so that everything ends up in it. */
const DRAWERS = new Set([
  'util',
  'utils',
  'helper',
  'helpers',
  'common',
  'types',
  'misc',
  'manager',
  'service',
])

/** Files and folders are named in kebab-case by what they hold, never as a drawer; `service.ts` holds what the word Service means. */
export function fileNames(repository: Repository): readonly Violation[] {
  return repository.code.flatMap(({ path }) => {
    const says = whyMisnamed(repository, path)
    return says ? [{ path, line: 1, says }] : []
  })
}

function whyMisnamed(repository: Repository, path: string): string | undefined {
  const stem = stemOf(path)
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(stem)) return 'is not named in kebab-case'
  if (stem === 'service' && holdsService(repository, path)) return undefined
  const drawer = [...path.split('/').slice(0, -1), ...stem.split('-')].find((word) => DRAWERS.has(word))
  return drawer === undefined ? undefined : `is a drawer: '${drawer}' says nothing of what is in it`
}

/** The name up to its first dot: `x.test.ts`, `x.bench.ts` and `x.config.ts` are named like `x.ts`. */
function stemOf(path: string): string {
  return nameOf(path).replace(/\..*$/, '')
}

function holdsService(repository: Repository, path: string): boolean {
  const source = repository.codeAt(path.replace('.test.', '.'))
  return source !== undefined && exportsOf(source).some(({ name }) => /^service|Service/.test(name))
}

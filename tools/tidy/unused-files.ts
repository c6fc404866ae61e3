import { entryPoints } from './entry-points.ts'
import { allImports } from './imports.ts'
import { isTest, isTesting } from './path.ts'
import type { Repository } from './repository.ts'
import type { Violation } from './violation.ts'

/** Every file is reached from where a program begins; what only tests need stands in a folder `testing`. */
export function unusedFiles(repository: Repository): readonly Violation[] {
  const targets = targetsByFile(repository)
  const inUse = reachedFrom([...entryPoints(repository)], targets)
  const tests = repository.paths.filter(isTest)
  const underTest = reachedFrom(tests, targets)
  return repository.code
    .filter(({ path }) => !isTest(path) && !inUse.has(path) && !(isTesting(path) && underTest.has(path)))
    .map(({ path }) => ({
      path,
      line: 1,
      says: underTest.has(path) ? 'is reached from tests alone' : 'is reached from no program',
    }))
}

function targetsByFile(repository: Repository): ReadonlyMap<string, readonly string[]> {
  const targets = new Map<string, string[]>()
  for (const { from, target } of allImports(repository))
    if (target !== undefined) targets.set(from, [...(targets.get(from) ?? []), target])
  return targets
}

function reachedFrom(
  starts: readonly string[],
  targets: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const reached = new Set(starts)
  for (const path of reached) for (const target of targets.get(path) ?? []) reached.add(target)
  return reached
}

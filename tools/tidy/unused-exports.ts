import type { Node } from 'oxc-parser'
import { type Code, childrenOf } from './code.ts'
import { type Export, exportsOf } from './exports.ts'
import { allImports } from './imports.ts'
import { isTest, isTesting } from './path.ts'
import type { Repository } from './repository.ts'
import type { Violation } from './violation.ts'

interface Uses {
  /** Names taken by code that is no test. */
  readonly inEarnest: ReadonlySet<string>
  readonly byTests: ReadonlySet<string>
}

const NO_USES: Uses = { inEarnest: new Set(), byTests: new Set() }
const EVERYTHING = '*'

/**
 * Every export is imported by another file, and not by tests alone. A type is also in use where a used export
 * of the same file speaks of it: whoever calls the function holds such a value.
 */
export function unusedExports(repository: Repository): readonly Violation[] {
  const uses = usesByFile(repository)
  return repository.code
    .filter(({ path }) => !isTest(path))
    .flatMap((code) => unusedIn(code, uses.get(code.path) ?? NO_USES))
}

function unusedIn(code: Code, { inEarnest, byTests }: Uses): readonly Violation[] {
  const counted = isTesting(code.path) ? new Set([...inEarnest, ...byTests]) : inEarnest
  if (counted.has(EVERYTHING)) return []
  const exported = exportsOf(code)
  const used = withTypesSpokenOf(exported, counted)
  return exported
    .filter(({ name }) => !used.has(name))
    .map(({ name, line }) => ({
      path: code.path,
      line,
      says: `export ${name} is used by ${byTests.has(name) ? 'tests alone' : 'no other file'}`,
    }))
}

function withTypesSpokenOf(exported: readonly Export[], counted: ReadonlySet<string>): ReadonlySet<string> {
  const used = new Set(exported.filter(({ name }) => counted.has(name)).map(({ name }) => name))
  const types = new Set(exported.filter(({ isType }) => isType).map(({ name }) => name))
  for (const name of used) {
    const declaration = exported.find((candidate) => candidate.name === name)?.declaration
    if (declaration) for (const word of wordsOfSignature(declaration)) if (types.has(word)) used.add(word)
  }
  return used
}

/** The names in a declaration, without what a function with a stated result does inside. */
function wordsOfSignature(node: Node): readonly string[] {
  if (node.type === 'Identifier') return [node.name, ...childrenOf(node).flatMap(wordsOfSignature)]
  const hidesBody = 'returnType' in node && node.returnType && 'body' in node
  return childrenOf(node)
    .filter((child) => !(hidesBody && child === node.body))
    .flatMap(wordsOfSignature)
}

function usesByFile(repository: Repository): ReadonlyMap<string, Uses> {
  const uses = new Map<string, { inEarnest: Set<string>; byTests: Set<string> }>()
  for (const { from, names, target } of allImports(repository)) {
    if (target === undefined || target === from) continue
    const entry = uses.get(target) ?? { inEarnest: new Set(), byTests: new Set() }
    const counted = isTest(from) || isTesting(from) ? entry.byTests : entry.inEarnest
    for (const name of names === 'all' ? [EVERYTHING] : names) counted.add(name)
    uses.set(target, entry)
  }
  return uses
}

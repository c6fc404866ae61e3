import type { ImportDeclaration } from 'oxc-parser'
import { type Code, walk } from './code.ts'
import { folderOf, joinPath } from './path.ts'
import type { Repository } from './repository.ts'
import type { Violation } from './violation.ts'

/** The recount of all that the allocator says. */
const CHECKER = /^packages\/core\/src\/allocation\/invariants(?:\.ts$|\/)/

/** A checker never runs the code that it checks: of others it takes types alone. */
export function checkerImports(repository: Repository): readonly Violation[] {
  return repository.code.filter(({ path, isTest }) => CHECKER.test(path) && !isTest).flatMap(foreignCode)
}

function foreignCode(code: Code): readonly Violation[] {
  const found: Violation[] = []
  walk(code.program, (node) => {
    if (node.type === 'ImportDeclaration' && !isType(node)) {
      const target = joinPath(folderOf(code.path), node.source.value)
      if (target === undefined || !CHECKER.test(target))
        found.push({
          path: code.path,
          line: code.lineOf(node.start),
          says: `a checker must not run ${node.source.value}`,
        })
    }
    return undefined
  })
  return found
}

function isType({ importKind, specifiers }: ImportDeclaration): boolean {
  if (importKind === 'type') return true
  return (
    specifiers.length > 0 &&
    specifiers.every((taken) => taken.type === 'ImportSpecifier' && taken.importKind === 'type')
  )
}

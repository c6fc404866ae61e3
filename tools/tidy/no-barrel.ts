import type { Code } from './code.ts'
import type { Repository } from './repository.ts'
import type { Violation } from './violation.ts'

const PACKAGE_INDEX = /^packages\/[^/]+\/src\/index\.ts$/

/** No file only passes on what others hold, but the index of a package. */
export function noBarrel(repository: Repository): readonly Violation[] {
  return repository.code
    .filter((code) => isBarrel(code) && !PACKAGE_INDEX.test(code.path))
    .map(({ path }) => ({ path, line: 1, says: 'is a barrel: import from where a thing lives' }))
}

function isBarrel({ program, path }: Code): boolean {
  if (/(?:^|\/)index\.tsx?$/.test(path)) return true
  const statements = program.body.filter(({ type }) => type !== 'ImportDeclaration')
  const passing = statements.filter(
    (statement) =>
      statement.type === 'ExportAllDeclaration' ||
      (statement.type === 'ExportNamedDeclaration' &&
        statement.declaration === null &&
        statement.specifiers.length > 0),
  )
  return passing.length > 0 && passing.length === statements.length
}

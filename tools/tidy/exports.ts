import type { Declaration, Node, VariableDeclaration } from 'oxc-parser'
import type { Code } from './code.ts'

/** One name that a file offers to others. */
export interface Export {
  readonly name: string
  readonly line: number
  readonly isType: boolean
  /** What stands behind the name, where it is written in the same file. */
  readonly declaration?: Node
}

export function exportsOf(code: Code): readonly Export[] {
  return code.program.body.flatMap((statement): Export[] => {
    const line = code.lineOf(statement.start)
    if (statement.type === 'ExportAllDeclaration' && statement.exported)
      return [{ name: nameText(statement.exported), line, isType: false }]
    if (statement.type !== 'ExportNamedDeclaration') return []
    if (statement.declaration) return declared(code, statement.declaration)
    return statement.specifiers.map(({ exported, exportKind }) => ({
      name: nameText(exported),
      line,
      isType: statement.exportKind === 'type' || exportKind === 'type',
    }))
  })
}

function declared(code: Code, declaration: Declaration): Export[] {
  if (declaration.type === 'VariableDeclaration') return variables(code, declaration)
  const name = 'id' in declaration && declaration.id?.type === 'Identifier' ? declaration.id.name : undefined
  if (name === undefined) return []
  const isType =
    declaration.type === 'TSInterfaceDeclaration' || declaration.type === 'TSTypeAliasDeclaration'
  return [{ name, line: code.lineOf(declaration.start), isType, declaration }]
}

function variables(code: Code, declaration: VariableDeclaration): Export[] {
  return declaration.declarations.flatMap((variable) =>
    namesIn(variable.id).map(({ name, start }) => ({
      name,
      line: code.lineOf(start),
      isType: false,
      declaration: variable,
    })),
  )
}

/** The names that a binding introduces: `a`, `{ a, b: c }`, `[a, b]`. */
function namesIn(pattern: Node): { readonly name: string; readonly start: number }[] {
  switch (pattern.type) {
    case 'Identifier':
      return [{ name: pattern.name, start: pattern.start }]
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        namesIn(property.type === 'RestElement' ? property.argument : property.value),
      )
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? namesIn(element) : []))
    case 'AssignmentPattern':
      return namesIn(pattern.left)
    case 'RestElement':
      return namesIn(pattern.argument)
    default:
      return []
  }
}

function nameText(name: { readonly name: string } | { readonly value: string }): string {
  return 'name' in name ? name.name : name.value
}

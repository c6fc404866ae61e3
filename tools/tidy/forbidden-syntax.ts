import type { Node } from 'oxc-parser'
import { walk } from './code.ts'
import { nameOf } from './path.ts'
import type { Repository } from './repository.ts'
import type { Violation } from './violation.ts'

/** No default export (but where a tool reads its own configuration), no `any`, no non-null `!`. */
export function forbiddenSyntax(repository: Repository): readonly Violation[] {
  return repository.code.flatMap((code) => {
    const found: Violation[] = []
    walk(code.program, (node) => {
      const says = whyForbidden(node, code.path)
      if (says) found.push({ path: code.path, line: code.lineOf(node.start), says })
      return undefined
    })
    return found
  })
}

function whyForbidden(node: Node, path: string): string | undefined {
  switch (node.type) {
    case 'TSAnyKeyword':
      return '`any`'
    case 'TSNonNullExpression':
      return 'non-null `!`'
    case 'PropertyDefinition':
    case 'VariableDeclarator':
      return node.definite ? 'non-null `!`' : undefined
    case 'ExportDefaultDeclaration':
      return nameOf(path).endsWith('.config.ts') ? undefined : 'default export'
    case 'ExportSpecifier':
      return 'name' in node.exported && node.exported.name === 'default' ? 'default export' : undefined
    default:
      return undefined
  }
}

import type { Node } from 'oxc-parser'
import { type Code, walk } from './code.ts'
import type { Repository } from './repository.ts'
import type { Violation } from './violation.ts'

const LINES_MAX = 60

/** No function is longer than 60 lines. The block of a `describe` is a group of tests, no function in that sense. */
export function functionSize(repository: Repository): readonly Violation[] {
  return repository.code.flatMap(longFunctions)
}

function longFunctions(code: Code): readonly Violation[] {
  const found: Violation[] = []
  walk(code.program, (node, parent) => {
    if (!isFunction(node) || (code.isTest && isGroup(parent))) return undefined
    const line = code.lineOf(node.start)
    const lines = code.lineOf(node.end) - line + 1
    if (lines > LINES_MAX)
      found.push({ path: code.path, line, says: `function of ${lines} lines; ${LINES_MAX} is the limit` })
    return undefined
  })
  return found
}

function isFunction(node: Node): boolean {
  return (
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression'
  )
}

/** `describe(…)`, and longer forms such as `describe.skipIf(…)(…)`. */
function isGroup(call: Node | undefined): boolean {
  let node = call
  while (node) {
    if (node.type === 'CallExpression') node = node.callee
    else if (node.type === 'MemberExpression') node = node.object
    else return node.type === 'Identifier' && node.name === 'describe'
  }
  return false
}

import type { Node } from 'oxc-parser'
import { type Code, walk } from './code.ts'
import { importsOf } from './imports.ts'
import { isTest, isTesting, layerOf } from './path.ts'
import type { Repository } from './repository.ts'
import type { Violation } from './violation.ts'

/** The one library of the core, and the one file that knows it. */
const SOLVER = { library: 'highs', path: 'packages/core/src/plan/highs-solver.ts' }

/** Names through which the clock, chance or the world outside comes in. */
const OUTSIDE = new Set([
  'console',
  'process',
  'performance',
  'crypto',
  'globalThis',
  'require',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'queueMicrotask',
])

/** Methods that answer by the time zone or the language of the machine. */
const LOCAL =
  /^(?:[gs]et(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds)|getTimezoneOffset|toLocale\w+)$/

/** The core takes time, chance and all else that is outside from its caller, and uses no library. */
export function corePurity(repository: Repository): readonly Violation[] {
  return repository.code
    .filter(({ path }) => layerOf(path) !== undefined && !isTest(path) && !isTesting(path))
    .flatMap((code) => [...foreignImports(repository, code), ...outsideUses(code)])
}

function foreignImports(repository: Repository, code: Code): readonly Violation[] {
  return importsOf(repository, code)
    .filter(({ specifier }) => !specifier.startsWith('.'))
    .filter(({ specifier }) => !(specifier === SOLVER.library && code.path === SOLVER.path))
    .map(({ specifier, line }) => ({ path: code.path, line, says: `the core must not import ${specifier}` }))
}

function outsideUses(code: Code): readonly Violation[] {
  const found: Violation[] = []
  walk(code.program, (node, parent) => {
    const what = outsideUse(node, parent)
    if (what)
      found.push({ path: code.path, line: code.lineOf(node.start), says: `the core must not use ${what}` })
    return undefined
  })
  return found
}

function outsideUse(node: Node, parent: Node | undefined): string | undefined {
  switch (node.type) {
    case 'Identifier':
      return OUTSIDE.has(node.name) && !isPropertyName(node, parent) ? node.name : undefined
    case 'VariableDeclarator':
      return node.id.type === 'ObjectPattern' &&
        node.init &&
        (isNamed(node.init, 'Math') || isNamed(node.init, 'Date'))
        ? 'Math or Date taken apart'
        : undefined
    case 'NewExpression':
      return isNamed(node.callee, 'Date') && node.arguments.length !== 1
        ? 'new Date() of the clock or zone'
        : undefined
    case 'CallExpression':
      return isNamed(node.callee, 'Date') ? 'Date(), which reads the clock' : undefined
    case 'MemberExpression':
      return node.computed || node.property.type !== 'Identifier'
        ? undefined
        : outsideMember(node.object, node.property.name)
    default:
      return undefined
  }
}

function outsideMember(object: Node, property: string): string | undefined {
  if (isNamed(object, 'Date') && property === 'now') return 'Date.now'
  if (isNamed(object, 'Math') && property === 'random') return 'Math.random'
  return LOCAL.test(property) ? `${property}, which depends on the machine` : undefined
}

/** Whether the name only says which part of something else is meant. */
function isPropertyName(node: Node, parent: Node | undefined): boolean {
  switch (parent?.type) {
    case 'MemberExpression':
      return parent.property === node && !parent.computed
    case 'Property':
      return parent.key === node && !parent.computed && !parent.shorthand
    case 'PropertyDefinition':
    case 'MethodDefinition':
    case 'TSPropertySignature':
    case 'TSMethodSignature':
      return parent.key === node && !parent.computed
    default:
      return false
  }
}

function isNamed(node: Node, name: string): boolean {
  return node.type === 'Identifier' && node.name === name
}

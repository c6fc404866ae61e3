import { type Node, type Program, parseSync, visitorKeys } from 'oxc-parser'
import { isTest } from './path.ts'

/** One source file, parsed. */
export interface Code {
  readonly path: string
  readonly text: string
  readonly program: Program
  /** Whether it only runs under test, so that what it uses is not thereby in use. */
  readonly isTest: boolean
  /** The line of an offset, counted from one. */
  lineOf(offset: number): number
}

export function isCode(path: string): boolean {
  return /\.(?:ts|tsx|mjs|js)$/.test(path) && !path.endsWith('.d.ts') && !path.endsWith('.min.js')
}

export function parseCode(path: string, text: string): Code {
  const starts = lineStarts(text)
  return {
    path,
    text,
    program: parseSync(path, text).program,
    isTest: isTest(path),
    lineOf: (offset) => lastAtOrBefore(starts, offset) + 1,
  }
}

/** Calls `visit` for the node and all below it, from the outside in; below a node for which it says `false` it does not go. */
export function walk(node: Node, visit: (node: Node, parent: Node | undefined) => boolean | undefined): void {
  step(node, undefined, visit)
}

function step(node: Node, parent: Node | undefined, visit: Parameters<typeof walk>[1]): void {
  if (visit(node, parent) === false) return
  for (const child of childrenOf(node)) step(child, node, visit)
}

export function childrenOf(node: Node): Node[] {
  const fields = node as unknown as Record<string, unknown>
  return (visitorKeys[node.type] ?? []).flatMap((key) => [fields[key]].flat()).filter(isNode)
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

function lastAtOrBefore(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

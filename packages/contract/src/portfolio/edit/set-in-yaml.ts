import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { readYaml } from '../yaml-text.ts'

/** A field's name, or the number of an item; the number after the last item adds one. */
export type Step = string | number

/**
 * The text with the value at the path set, and every other character as it was, comments and order included. A field that is not
 * there is added after the last of its map. Nothing where that cannot be done without changing something else, as where the value
 * is shared by an alias; what comes out is read again to be sure of that.
 *
 * @param yaml the new value as it is written in flow style, such as `2026-05-01` or `{ pool: a/b/c, accelerators: 8 }`
 */
export function setInYaml(text: string, path: readonly Step[], yaml: string): string | undefined {
  const before = readYaml('', text)
  const value = readYaml('', yaml)
  if (!before.ok || !value.ok) return undefined
  const wanted = withValue(before.value.value, path, value.value.value)
  const edited = spliced(text, path, yaml)
  const after = edited === undefined ? undefined : readYaml('', edited)
  return after?.ok && isSame(after.value.value, wanted) ? edited : undefined
}

function spliced(text: string, path: readonly Step[], yaml: string): string | undefined {
  const document = parseDocument(text, { uniqueKeys: false, resolveKnownTags: false })
  const holder = nodeAt(document, path.slice(0, -1))
  const last = path.at(-1)
  if (isMap(holder) && typeof last === 'string') {
    const pair = pairOf(holder, last)
    return pair ? withPairValue(text, pair, yaml) : withPair(text, holder, `${last}: ${yaml}`)
  }
  if (isSeq(holder) && last === holder.items.length) return withItem(text, holder, yaml)
  return undefined
}

function nodeAt(document: Document, path: readonly Step[]): unknown {
  let node: unknown = document.contents
  for (const step of path) {
    if (isMap(node)) node = pairOf(node, String(step))?.value
    else if (isSeq(node) && typeof step === 'number') node = node.items[step]
    else return undefined
  }
  return node
}

function pairOf(map: YAMLMap, name: string): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && String(key.value) === name)
}

function rangeOf(node: unknown): readonly [number, number] | undefined {
  if (!(isScalar(node) || isMap(node) || isSeq(node)) || !node.range) return undefined
  return [node.range[0], node.range[1]]
}

/** From the end of the name on, so that a value of several lines leaves nothing of its indentation behind. */
function withPairValue(text: string, { key, value }: Pair, yaml: string): string | undefined {
  const name = rangeOf(key)
  const old = rangeOf(value)
  if (!name || !old) return undefined
  const colon = text.indexOf(':', name[1])
  if (colon < 0) return undefined
  const isOnOneLine = !text.slice(colon, old[0]).includes('\n')
  const from = isOnOneLine ? old[0] : colon + 1
  const until = old[1] - trailingBreak(text.slice(old[0], old[1]))
  return `${text.slice(0, from)}${isOnOneLine && from > colon + 1 ? '' : ' '}${yaml}${text.slice(until)}`
}

/** What of a block's end belongs to the line after it. */
function trailingBreak(block: string): number {
  return /\s*$/.exec(block)?.[0].length ?? 0
}

function withPair(text: string, map: YAMLMap, pair: string): string | undefined {
  const last = map.items.at(-1)
  const range = rangeOf(map)
  if (map.flow) return range && withInFlow(text, range, last ? endOf(last) : undefined, pair)
  const first = map.items[0] && rangeOf(map.items[0].key)
  const end = last && endOf(last)
  return first && end !== undefined ? withLine(text, end, columnOf(text, first[0]), pair) : undefined
}

function withItem(text: string, list: YAMLSeq, item: string): string | undefined {
  const range = rangeOf(list)
  const end = rangeOf(list.items.at(-1))?.[1]
  if (list.flow) return range && withInFlow(text, range, end, item)
  return range && end !== undefined ? withLine(text, end, columnOf(text, range[0]), `- ${item}`) : undefined
}

function endOf({ key, value }: Pair): number | undefined {
  return (rangeOf(value) ?? rangeOf(key))?.[1]
}

function withInFlow(
  text: string,
  [start, until]: readonly [number, number],
  lastEnd: number | undefined,
  part: string,
): string {
  if (lastEnd !== undefined) return `${text.slice(0, lastEnd)}, ${part}${text.slice(lastEnd)}`
  const [open, close] = [text[start], text[until - 1]]
  return `${text.slice(0, start)}${open} ${part} ${close}${text.slice(until)}`
}

/** A line of its own after the one that holds the last character before `end`. */
function withLine(text: string, end: number, column: number, content: string): string {
  const ending = text.includes('\r\n') ? '\r\n' : '\n'
  const lastOf = end - trailingBreak(text.slice(0, end))
  const lineEnd = text.indexOf('\n', lastOf)
  const line = `${' '.repeat(column)}${content}${ending}`
  if (lineEnd < 0) return `${text}${ending}${line}`
  return `${text.slice(0, lineEnd + 1)}${line}${text.slice(lineEnd + 1)}`
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1)
}

function withValue(holder: unknown, path: readonly Step[], value: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return value
  if (Array.isArray(holder)) {
    const copy = [...holder]
    copy[Number(step)] = withValue(copy[Number(step)], rest, value)
    return copy
  }
  const fields = typeof holder === 'object' && holder !== null ? (holder as Record<string, unknown>) : {}
  return { ...fields, [step]: withValue(fields[step], rest, value) }
}

function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, n) => isSame(item, b[n]))
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b)
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))]
  return left.length === right.size && left.every(([name, value]) => isSame(value, right.get(name)))
}

import { ITEM, type Step } from './json-schema.ts'

/** Where in a YAML text somebody writes. */
export interface YamlPlace {
  /** Of the mapping for a key; of the value for a value. */
  readonly path: readonly Step[]
  readonly kind: 'key' | 'value'
  /** From where on the word is that is being written. */
  readonly from: number
  /** Keys that are beside it already. */
  readonly taken: ReadonlySet<string>
}

interface Line {
  /** Columns of its dashes, from the left. */
  readonly dashes: readonly number[]
  /** Where its key or value begins. */
  readonly column: number
  readonly key?: string
  readonly rest: string
  readonly isBlank: boolean
}

const KEY = /^(["']?)([\w.-]+)\1\s*:(?=\s|$)\s*/

function lineOf(text: string): Line {
  const plain = text.replace(/(^|\s)#.*$/, '$1')
  const dashes: number[] = []
  let column = plain.search(/\S|$/)
  while (/^-(\s|$)/.test(plain.slice(column))) {
    dashes.push(column)
    const after = plain.slice(column + 1).search(/\S|$/)
    column += 1 + after
  }
  const said = plain.slice(column)
  const key = KEY.exec(said)
  return {
    dashes,
    column,
    ...(key?.[2] === undefined ? {} : { key: key[2] }),
    rest: key ? said.slice(key[0].length) : said,
    isBlank: said.trim() === '' && dashes.length === 0,
  }
}

/** What is written at a position of a text, by its indentation: the text there is seldom whole. */
export function placeIn(text: string, at: number): YamlPlace {
  const start = text.lastIndexOf('\n', at - 1) + 1
  const before = text.slice(start, at)
  const line = lineOf(before)
  const above = text
    .slice(0, Math.max(0, start - 1))
    .split('\n')
    .map(lineOf)
  const lines = start === 0 ? [] : above
  const outer = pathTo(lines, line)
  if (line.key !== undefined) return behindKey(line, [...outer, line.key], at)
  const taken = start === 0 ? new Set<string>() : siblings(text, start, line.column)
  return { path: outer, kind: 'key', from: at - line.rest.length, taken }
}

/** Behind a key: its value, or an item of a list that begins there. */
function behindKey({ rest }: Line, path: readonly Step[], at: number): YamlPlace {
  const isList = rest.startsWith('[')
  const word = /[^\s[\],{}"']*$/.exec(rest)?.[0] ?? ''
  return {
    path: isList ? [...path, ITEM] : path,
    kind: 'value',
    from: at - word.length,
    taken: new Set(),
  }
}

/** The way down to the mapping or list in which a line is. */
function pathTo(above: readonly Line[], line: Line): readonly Step[] {
  const path: Step[] = []
  let column = line.column
  let isItem = false
  const through = (dashes: readonly number[]): void => {
    for (const dash of dashes.toReversed()) {
      if (dash >= column) continue
      path.unshift(ITEM)
      column = dash
      isItem = true
    }
  }
  through(line.dashes)
  for (const one of above.toReversed()) {
    if (column === 0 && !isItem) break
    if (one.isBlank) continue
    const isParent = one.key !== undefined && (one.column < column || (isItem && one.column === column))
    if (isParent && one.key !== undefined) {
      path.unshift(one.key)
      column = one.column
      isItem = false
    }
    // Beside another key of an item: its dash tells that both are in a list.
    if (isParent || !isItem) through(one.dashes)
  }
  return path
}

/** Keys of the mapping that a line is in, as far as they stand at the same column around it. */
function siblings(text: string, start: number, column: number): ReadonlySet<string> {
  const end = text.indexOf('\n', start)
  const above = text
    .slice(0, Math.max(0, start - 1))
    .split('\n')
    .toReversed()
  const below = end < 0 ? [] : text.slice(end + 1).split('\n')
  return new Set([...keysBeside(above, column, true), ...keysBeside(below, column, false)])
}

function keysBeside(texts: readonly string[], column: number, isAbove: boolean): string[] {
  const keys: string[] = []
  for (const text of texts) {
    const line = lineOf(text)
    if (line.isBlank) continue
    if (line.column < column) break
    const begins = line.dashes.some((dash) => dash < column)
    if (begins && !isAbove) break
    if (line.column === column && line.key !== undefined) keys.push(line.key)
    if (begins) break
  }
  return keys
}

import { failed, ok, type Result } from '@offtake/core/base/result'
import {
  CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Pair,
  parseDocument,
  type YAMLError,
  type YAMLMap,
} from 'yaml'
import type { PlacedProblem, ProblemCode } from '../problems.ts'

export type Path = readonly PropertyKey[]

/** One YAML file: its plain value, and where each part of it stands. */
export interface YamlText {
  readonly file: string
  readonly value: unknown
  /** The place of the value at the path, or of its closest holder where there is none. */
  problemAt(path: Path, code: ProblemCode, message: string): PlacedProblem
  /** The same, for the name of the field instead of its value. */
  problemAtField(path: Path, code: ProblemCode, message: string): PlacedProblem
}

const MOST_ERRORS = 20
const MOST_DEPTH = 64
/** Values that may be reached by way of aliases; an alias bomb has millions. */
const MOST_ALIASED = 10_000

/** Reads one YAML document with the place of every value. */
export function readYaml(file: string, text: string): Result<YamlText, PlacedProblem> {
  const lines = new LineCounter()
  const problem = (offset: number, code: ProblemCode, message: string): PlacedProblem => {
    const { line, col } = lines.linePos(offset)
    return { file, line: Math.max(1, line), column: Math.max(1, col), code, message }
  }
  if (isTooDeep(text)) return failed({ file, line: 1, column: 1, code: 'tooDeep', message: DEEP })
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: false,
    resolveKnownTags: false,
  })
  const complaints = [...document.errors, ...document.warnings].slice(0, MOST_ERRORS)
  if (complaints.length > 0) {
    return failed(...complaints.map((error) => problem(error.pos[0], 'brokenYaml', complaintText(error))))
  }
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    return failed(problem(0, 'emptyFile', 'the file is empty'))
  }
  const conversion = new Conversion()
  const value = conversion.convert(document.contents, 0)
  if (conversion.troubles.length > 0) {
    return failed(...conversion.troubles.map(({ offset, code, message }) => problem(offset, code, message)))
  }
  return ok({
    file,
    value,
    problemAt: (path, code, message) =>
      problem(offsetAt(document, conversion.targets, path, 'value'), code, message),
    problemAtField: (path, code, message) =>
      problem(offsetAt(document, conversion.targets, path, 'field'), code, message),
  })
}

function complaintText({ code, message }: YAMLError): string {
  return code === 'MULTIPLE_DOCS' ? 'a second document begins here: a file holds one' : message
}

const DEEP = `nested deeper than ${MOST_DEPTH} levels`

/**
 * Whether brackets, dashes or indentation nest beyond what a portfolio needs. The parser recurses, and a text made to
 * exhaust its stack can end the process, so this is found first, by the lexer alone, which does not recurse.
 */
function isTooDeep(text: string): boolean {
  let brackets = 0
  let marks = 0
  let isLineStart = true
  for (const token of new Lexer().lex(text)) {
    const kind = CST.tokenType(token)
    if (kind === 'newline') marks = 0
    if (kind === 'seq-item-ind' || kind === 'explicit-key-ind') marks++
    if (kind === 'flow-seq-start' || kind === 'flow-map-start') brackets++
    if (kind === 'flow-seq-end' || kind === 'flow-map-end') brackets--
    const isIndentedTooFar = isLineStart && kind === 'space' && token.length > 4 * MOST_DEPTH
    if (brackets > MOST_DEPTH || marks > MOST_DEPTH || isIndentedTooFar) return true
    isLineStart = kind === 'newline'
  }
  return false
}

interface Trouble {
  readonly offset: number
  readonly code: ProblemCode
  readonly message: string
}

/** Turns the tree into plain values, with bounds on depth and on what aliases may repeat. */
class Conversion {
  readonly targets = new Map<unknown, unknown>()
  readonly troubles: Trouble[] = []
  readonly #anchors = new Map<string, unknown>()
  #aliased = 0
  #insideAlias = 0
  #isStopped = false

  convert(node: unknown, depth: number): unknown {
    if (this.#isStopped) return undefined
    if (depth > MOST_DEPTH) return this.#stop(node, 'tooDeep', DEEP)
    if (this.#insideAlias > 0 && ++this.#aliased > MOST_ALIASED) {
      return this.#stop(node, 'tooManyAliases', `aliases repeat more than ${MOST_ALIASED} values`)
    }
    if (isAlias(node)) return this.#follow(node, node.source, depth)
    if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined) {
      this.#anchors.set(node.anchor, node)
    }
    if (isScalar(node)) return node.value
    if (isSeq(node)) return node.items.map((item) => this.convert(item, depth + 1))
    if (isMap(node)) return this.#convertMap(node, depth)
    return null
  }

  #follow(alias: unknown, name: string, depth: number): unknown {
    const target = this.#anchors.get(name)
    if (target === undefined) return this.#stop(alias, 'brokenYaml', `no anchor is called ${name}`)
    this.targets.set(alias, target)
    this.#insideAlias++
    const value = this.convert(target, depth + 1)
    this.#insideAlias--
    return value
  }

  #convertMap(map: YAMLMap, depth: number): unknown {
    const entries = new Map<string, unknown>()
    for (const { key, value } of map.items) {
      if (!isScalar(key)) return this.#stop(key ?? map, 'brokenYaml', 'the name of a field is plain text')
      const name = String(key.value)
      if (entries.has(name) && this.#insideAlias === 0) {
        this.#complain(key, 'duplicateField', `${name.slice(0, 60)} is written twice`)
      }
      entries.set(name, this.convert(value, depth + 1))
    }
    return Object.fromEntries(entries)
  }

  #stop(node: unknown, code: ProblemCode, message: string): undefined {
    this.#complain(node, code, message)
    this.#isStopped = true
    return undefined
  }

  #complain(node: unknown, code: ProblemCode, message: string): void {
    if (this.troubles.length < MOST_ERRORS) this.troubles.push({ offset: startOf(node) ?? 0, code, message })
  }
}

function offsetAt(
  document: Document,
  targets: ReadonlyMap<unknown, unknown>,
  path: Path,
  what: 'value' | 'field',
): number {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const [depth, step] of path.entries()) {
    while (targets.has(node)) node = targets.get(node)
    const isLast = depth === path.length - 1
    if (isMap(node)) {
      const pair = pairOf(node, String(step))
      if (!pair) return offset
      const value = isEmpty(pair.value) ? pair.key : pair.value
      offset = startOf(isLast && what === 'field' ? pair.key : value) ?? offset
      node = pair.value
    } else if (isSeq(node) && typeof step === 'number') {
      const item = node.items[step]
      if (item === undefined) return offset
      offset = startOf(item) ?? offset
      node = item
    } else return offset
  }
  return offset
}

function pairOf(map: YAMLMap, name: string): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && String(key.value) === name)
}

function isEmpty(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && node.value === null)
}

function startOf(node: unknown): number | undefined {
  if (isScalar(node) || isMap(node) || isSeq(node) || isAlias(node)) return node.range?.[0]
  return undefined
}

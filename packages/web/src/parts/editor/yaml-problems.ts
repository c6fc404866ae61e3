import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
} from 'yaml'
import { formsOf, type JsonSchema } from './json-schema.ts'
import { misfitText } from './misfit-text.ts'

/** What is wrong with a stretch of a text. */
export interface TextProblem {
  readonly from: number
  readonly to: number
  readonly message: string
}

/** What is wrong at a path of what was sent, as the server says it. */
export interface PathProblem {
  readonly path: string
  readonly message: string
}

/** What a YAML text says, as JSON has it. */
export function saidIn(text: string): unknown {
  return parsed(text).toJS({ maxAliasCount: 100 })
}

/** What is wrong with a YAML text by a schema. The server looks again, and more closely. */
export function problemsIn(text: string, schema: JsonSchema | undefined): readonly TextProblem[] {
  const document = parsed(text)
  const syntax = document.errors.map(({ pos: [from, to], message }) => ({
    from: Math.min(from, text.length),
    to: Math.min(Math.max(to, from + 1), text.length),
    message: message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message,
  }))
  if (syntax.length > 0 || !schema) return syntax
  const found: TextProblem[] = []
  look(document.contents, formsOf(schema), found)
  return found
}

/** What the server says, at the stretches of the text that it says it of. */
export function placedProblems(text: string, problems: readonly PathProblem[]): readonly TextProblem[] {
  const document = parsed(text)
  return problems.map(({ path, message }) => {
    const steps = path.split('.').slice(1)
    return { ...stretchAt(document, steps, text), message }
  })
}

function parsed(text: string): Document {
  return parseDocument(text, { lineCounter: new LineCounter() })
}

/** Of what lies at a path, or of the nearest thing around it. */
function stretchAt(document: Document, steps: readonly string[], text: string): { from: number; to: number } {
  for (let depth = steps.length; depth > 0; depth--) {
    const path = steps.slice(0, depth).map((step) => (/^\d+$/.test(step) ? Number(step) : step))
    const node = document.getIn(path, true) as Node | undefined
    if (node?.range) return { from: node.range[0], to: node.range[1] }
  }
  const firstLine = text.indexOf('\n')
  return { from: 0, to: firstLine < 0 ? text.length : firstLine }
}

function look(node: unknown, forms: readonly JsonSchema[], found: TextProblem[]): void {
  if (forms.length === 0) return
  if (isMap(node)) return lookAtMap(node, forms, found)
  if (isSeq(node)) {
    const lists = forms.filter(({ type }) => type === 'array')
    if (lists.length === 0) return tell(node, misfitText(forms), found)
    const items = lists.flatMap((list) => (list.items ? formsOf(list.items) : []))
    for (const item of node.items) look(item, items, found)
    const [{ minItems = 0 } = {}] = lists
    if (node.items.length < minItems) tell(node, `needs ${minItems} at least`, found)
    return
  }
  const value = isScalar(node) ? node.value : undefined
  if (!forms.some((form) => fits(value, form))) tell(node, misfitText(forms), found)
}

function lookAtMap(map: YAMLMap, forms: readonly JsonSchema[], found: TextProblem[]): void {
  const objects = forms.filter(({ type }) => type === 'object')
  if (objects.length === 0) return tell(map, misfitText(forms), found)
  const isClosed = objects.every(({ additionalProperties }) => additionalProperties === false)
  for (const { key, value } of map.items) {
    const name = String(isScalar(key) ? key.value : key)
    const below = objects.flatMap(({ properties }) => {
      const schema = properties?.[name]
      return schema ? formsOf(schema) : []
    })
    if (below.length > 0) look(value ?? key, value === null ? [] : below, found)
    else if (isClosed) tell(key, `there is no '${name}' here`, found)
  }
  const [only] = objects
  if (objects.length !== 1 || !only) return
  const missing = (only.required ?? []).filter((name) => !map.has(name))
  if (missing.length > 0) tell(map.items[0]?.key ?? map, `lacks ${missing.join(', ')}`, found)
}

function tell(node: unknown, message: string, found: TextProblem[]): void {
  const range = (node as Node | null)?.range
  found.push({ from: range?.[0] ?? 0, to: Math.max(range?.[1] ?? 1, (range?.[0] ?? 0) + 1), message })
}

function fits(value: unknown, form: JsonSchema): boolean {
  if (form.enum) return form.enum.includes(value)
  if (form.const !== undefined) return form.const === value
  switch (form.type) {
    case 'string':
      return typeof value === 'string' && (form.pattern === undefined || new RegExp(form.pattern).test(value))
    case 'integer':
      return Number.isInteger(value) && isWithin(Number(value), form)
    case 'number':
      return typeof value === 'number' && isWithin(value, form)
    case 'boolean':
      return typeof value === 'boolean'
    case 'object':
    case 'array':
      return false
    case 'null':
      return value === null
    default:
      return true
  }
}

function isWithin(value: number, { minimum = -Infinity, maximum = Infinity }: JsonSchema): boolean {
  return value >= minimum && value <= maximum
}

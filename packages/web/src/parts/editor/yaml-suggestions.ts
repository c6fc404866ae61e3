import { formsAt, ITEM, type JsonSchema } from './json-schema.ts'
import type { YamlPlace } from './yaml-place.ts'

/** Names that the server knows, by the key whose value they are. */
export type KnownNames = Readonly<Record<string, readonly string[]>>

export interface Suggestion {
  readonly label: string
  readonly insert: string
  readonly kind: 'key' | 'value'
  readonly detail?: string
}

/** What may be written at a place. */
export function suggestionsAt(
  place: YamlPlace,
  schema: JsonSchema,
  known: KnownNames,
): readonly Suggestion[] {
  const forms = formsAt(schema, place.path)
  const keys = place.kind === 'key' ? forms.flatMap((form) => keysOf(form, place.taken)) : []
  // In a list what is no key yet may as well be an item.
  const values = place.kind === 'value' || place.path.at(-1) === ITEM ? valuesOf(place, forms, known) : []
  return unique([...keys, ...values])
}

function keysOf({ properties = {}, required = [] }: JsonSchema, taken: ReadonlySet<string>): Suggestion[] {
  return Object.entries(properties)
    .filter(([key]) => !taken.has(key))
    .map(([key, { description }]) => ({
      label: key,
      insert: `${key}: `,
      kind: 'key' as const,
      detail: [required.includes(key) ? 'needed' : '', description ?? ''].filter(Boolean).join(' · '),
    }))
}

function valuesOf({ path }: YamlPlace, forms: readonly JsonSchema[], known: KnownNames): Suggestion[] {
  const key = path.findLast((step) => step !== ITEM)
  const names =
    typeof key === 'string' && forms.some(({ type }) => type === 'string') ? (known[key] ?? []) : []
  return [...names, ...forms.flatMap((form) => literalsOf(form, names.length > 0))].map((value) => ({
    label: value,
    insert: value,
    kind: 'value' as const,
  }))
}

/** Values that a form names by itself; its examples only where nobody knows better. */
function literalsOf(form: JsonSchema, isKnown: boolean): string[] {
  if (form.enum) return form.enum.map(String)
  if (form.type === 'boolean') return ['true', 'false']
  const isName = form.pattern === undefined || form.pattern.startsWith('^[')
  return isKnown || isName ? [] : (form.examples ?? []).map(String)
}

function unique(suggestions: readonly Suggestion[]): readonly Suggestion[] {
  return [...new Map(suggestions.map((one) => [one.label, one])).values()]
}

import type { JsonSchema } from './json-schema.ts'

/** What a value should have been, in words. */
export function misfitText(forms: readonly JsonSchema[]): string {
  return `must be ${[...new Set(forms.map(formText))].join(', or ')}`
}

function formText(form: JsonSchema): string {
  if (form.enum) return `one of ${form.enum.map(String).join(', ')}`
  switch (form.type) {
    case 'string': {
      const example = form.examples?.slice(0, 2).join(' or ')
      return example === undefined ? 'a text' : `a text such as ${example}`
    }
    case 'integer':
      return `a whole number${rangeText(form)}`
    case 'number':
      return `a number${rangeText(form)}`
    case 'boolean':
      return 'true or false'
    case 'array':
      return 'a list'
    case 'object':
      return `a mapping with ${Object.keys(form.properties ?? {})
        .slice(0, 4)
        .join(', ')}`
    default:
      return 'something else'
  }
}

/** The largest numbers are limits of the format, which help nobody. */
const TOLD_UP_TO = 10_000_000

function rangeText({ minimum, maximum }: JsonSchema): string {
  const isTold = maximum !== undefined && maximum <= TOLD_UP_TO
  if (minimum !== undefined && isTold) return ` from ${minimum} to ${maximum}`
  if (minimum !== undefined) return ` of ${minimum} or more`
  return isTold ? ` of ${maximum} at most` : ''
}

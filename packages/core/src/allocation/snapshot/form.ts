import type { Path } from '../../base/path.ts'

/** Tells where a value is not of this form; nothing where it is. */
export type Form = (value: unknown, path: Path) => Path | undefined

export const text: Form = (value, path) => (typeof value === 'string' ? undefined : path)
export const flag: Form = (value, path) => (typeof value === 'boolean' ? undefined : path)
export const finite: Form = (value, path) => (Number.isFinite(value) ? undefined : path)

/** Any number from 0 on. */
export const positive: Form = (value, path) =>
  Number.isFinite(value) && (value as number) >= 0 ? undefined : path

/** A whole number from 0 on. */
export const count: Form = (value, path) =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? undefined : path

/** A number from 0 on, to a thousandth. */
export const thousandths: Form = (value, path) =>
  Number.isFinite(value) && (value as number) >= 0 && Math.round((value as number) * 1000) / 1000 === value
    ? undefined
    : path

/** A number from 0 on. */
export const amount: Form = (value, path) =>
  Number.isFinite(value) && (value as number) >= 0 ? undefined : path

export function oneOf(...values: readonly string[]): Form {
  return (value, path) => (typeof value === 'string' && values.includes(value) ? undefined : path)
}

export function listOf(form: Form): Form {
  return (value, path) => {
    if (!Array.isArray(value)) return path
    for (const [n, item] of value.entries()) {
      const wrong = form(item, [...path, n])
      if (wrong) return wrong
    }
    return undefined
  }
}

/** A list of two. */
export function pair(first: Form, second: Form): Form {
  return (value, path) => {
    if (!Array.isArray(value) || value.length !== 2) return path
    return first(value[0], [...path, 0]) ?? second(value[1], [...path, 1])
  }
}

/** An object with these fields; those whose name ends in `?` may be absent. Others are not looked at. */
export function record(fields: Readonly<Record<string, Form>>): Form {
  const known = Object.entries(fields).map(([field, form]) => {
    const isOptional = field.endsWith('?')
    return { name: isOptional ? field.slice(0, -1) : field, isOptional, form }
  })
  return (value, path) => {
    if (typeof value !== 'object' || value === null) return path
    for (const { name, isOptional, form } of known) {
      const item = (value as Readonly<Record<string, unknown>>)[name]
      if (item === undefined && isOptional) continue
      const wrong = form(item, [...path, name])
      if (wrong) return wrong
    }
    return undefined
  }
}

import { z } from 'zod'
import type { Path } from './yaml-text.ts'

const JSON_SCHEMAS = new WeakMap<z.ZodType, unknown>()

/** The fields that a schema knows at a path, over all alternatives there. */
export function knownFields(schema: z.ZodType, path: Path): Set<string> {
  let parts: readonly unknown[] = [jsonSchemaOf(schema)]
  for (const step of path) {
    parts = alternatives(parts).flatMap((part) => below(part, step))
  }
  return new Set(alternatives(parts).flatMap((part) => Object.keys(objectAt(part, 'properties'))))
}

function jsonSchemaOf(schema: z.ZodType): unknown {
  const made =
    JSON_SCHEMAS.get(schema) ??
    z.toJSONSchema(schema, { io: 'input', reused: 'inline', unrepresentable: 'any' })
  JSON_SCHEMAS.set(schema, made)
  return made
}

function alternatives(parts: readonly unknown[]): unknown[] {
  return parts.flatMap((part) => {
    const choices = [...listAt(part, 'anyOf'), ...listAt(part, 'oneOf'), ...listAt(part, 'allOf')]
    return [part, ...(choices.length > 0 ? alternatives(choices) : [])]
  })
}

function below(part: unknown, step: PropertyKey): unknown[] {
  if (typeof step === 'number') return [objectAt(part, 'items')]
  const property = objectAt(part, 'properties')[String(step)]
  return property === undefined ? [] : [property]
}

function objectAt(part: unknown, name: string): Record<string, unknown> {
  const value = part !== null && typeof part === 'object' ? Reflect.get(part, name) : undefined
  return value !== null && typeof value === 'object' ? { ...value } : {}
}

function listAt(part: unknown, name: string): unknown[] {
  const value = part !== null && typeof part === 'object' ? Reflect.get(part, name) : undefined
  return Array.isArray(value) ? value : []
}

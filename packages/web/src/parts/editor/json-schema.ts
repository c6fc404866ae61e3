/** What of JSON Schema the server's document uses. */
export interface JsonSchema {
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly examples?: readonly unknown[]
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly items?: JsonSchema
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
}

/** A step down: by a key of a mapping, or to any item of a list. */
export type Step = string | typeof ITEM

export const ITEM = Symbol('item')

/** Every form that a schema allows, with what is said of all of them. */
export function formsOf(schema: JsonSchema): readonly JsonSchema[] {
  const choices = schema.anyOf ?? schema.oneOf
  if (!choices) return [schema]
  const { description } = schema
  return choices
    .flatMap(formsOf)
    .map((form) =>
      form.description === undefined && description !== undefined ? { ...form, description } : form,
    )
}

/** Every form that what lies at a path may have. */
export function formsAt(schema: JsonSchema, path: readonly Step[]): readonly JsonSchema[] {
  return path.reduce<readonly JsonSchema[]>(
    (forms, step) =>
      forms.flatMap((form) => {
        const below = step === ITEM ? form.items : form.properties?.[step]
        return below ? formsOf(below) : []
      }),
    formsOf(schema),
  )
}

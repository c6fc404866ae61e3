import type { Prng } from '@offtake/core/base/prng'

/** As far as our documents use JSON Schema. */
export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
}

const DEEPEST = 4

/** Values that nobody means, and somebody sends. */
const UGLY: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '💥'.repeat(50),
  "'; drop table job; --",
  '../../etc/passwd',
  '__proto__',
  'x'.repeat(5_000),
  0,
  -1,
  1e308,
  2 ** 60,
  0.1,
  '1e400',
  'NaN',
  '2026-02-30',
  '-5h',
  [],
  {},
  [[[[]]]],
  { __proto__: { admin: true } },
  { constructor: { prototype: 1 } },
]

export function uglyValue(chance: Prng): unknown {
  return UGLY[chance.below(UGLY.length)]
}

/** Something that the schema may allow, with an ugly value here and there. */
export function sampleOf(schema: JsonSchema, chance: Prng, depth = 0): unknown {
  if (depth > DEEPEST || chance.below(12) === 0) return uglyValue(chance)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[chance.below(schema.enum.length)]
  const choices = schema.anyOf ?? schema.oneOf
  const choice = choices?.[chance.below(choices.length)]
  if (choice) return sampleOf(choice, chance, depth + 1)
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      return Object.fromEntries(fieldsOf(schema, chance, depth))
    case 'array':
      return Array.from({ length: chance.below(3) }, () => sampleOf(schema.items ?? {}, chance, depth + 1))
    case 'integer':
      return chance.below(20)
    case 'number':
      return chance.below(100) / 10
    case 'boolean':
      return chance.below(2) === 0
    case 'string':
      return ['research', 'gpu', '1h', 'a/b/gpu', '2026-10-01', 'j1'][chance.below(6)]
    default:
      return uglyValue(chance)
  }
}

function fieldsOf(
  { properties = {}, required = [] }: JsonSchema,
  chance: Prng,
  depth: number,
): [string, unknown][] {
  const given = Object.entries(properties).filter(
    ([name]) => chance.below(8) > 0 && (required.includes(name) || chance.below(3) === 0),
  )
  const fields = given.map(([name, of]): [string, unknown] => [name, sampleOf(of, chance, depth + 1)])
  return chance.below(10) === 0 ? [...fields, ['unheardOf', uglyValue(chance)]] : fields
}

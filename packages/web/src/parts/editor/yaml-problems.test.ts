import { expect, test } from 'vitest'
import type { JsonSchema } from './json-schema.ts'
import { placedProblems, problemsIn, saidIn } from './yaml-problems.ts'

const SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['tenant', 'hardware'],
  properties: {
    tenant: { type: 'string', pattern: '^[a-z]+$', examples: ['lab'] },
    accelerators: { type: 'integer', minimum: 1, maximum: 64 },
    hardware: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'object', properties: {} }] } },
    within: {
      anyOf: [
        { type: 'string', enum: ['node', 'pool'] },
        { type: 'object', properties: {} },
      ],
    },
  },
}

/** What is marked, and what is said of it. */
function found(text: string): string[] {
  return problemsIn(text, SCHEMA).map(({ from, to, message }) => `${text.slice(from, to)}: ${message}`)
}

test('a text that is right has no problem', () => {
  expect(found('tenant: lab\nhardware: [h100, { speed: 2 }]\naccelerators: 8\nwithin: node\n')).toEqual([])
})

test('each value that does not suit is told with what would', () => {
  expect(found('tenant: lab\nhardware: h100\naccelerators: 65\nwithin: rack\n')).toEqual([
    'h100: must be a list',
    '65: must be a whole number from 1 to 64',
    'rack: must be one of node, pool, or a mapping with ',
  ])
})

test('keys that are not there, and those that are lacking', () => {
  expect(found('tenant: lab\nhardwear: [h100]\n')).toEqual([
    "hardwear: there is no 'hardwear' here",
    'tenant: lacks hardware',
  ])
})

test('a text that is no YAML is told where it breaks', () => {
  const [problem] = problemsIn('a: [1, 2\nb: 3\n', SCHEMA)
  expect(problem?.from).toBeGreaterThan(0)
})

test('what the server says is told at what it says it of, else at what is around it', () => {
  const text = 'tenant: lab\nhardware: [h100, a100]\n'
  const placed = (path: string) => {
    const [{ from, to } = { from: 0, to: 0 }] = placedProblems(text, [{ path, message: 'no' }])
    return text.slice(from, to)
  }
  expect(placed('body.hardware.1')).toBe('a100')
  expect(placed('body.hardware.7')).toBe('[h100, a100]')
  expect(placed('body.limit')).toBe('tenant: lab')
})

test('a text is what JSON would have', () => {
  expect(saidIn('tenant: lab\nlimit: 2h\n')).toEqual({ tenant: 'lab', limit: '2h' })
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { SMALL_TEXTS } from '../testing/small-portfolio.ts'
import { fileSchemas } from './json-schemas.ts'

const EXAMPLES = new URL('../../../../examples/', import.meta.url).pathname

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true })
const validators = fileSchemas().map(({ files, schema }) => ({
  files,
  validate: ajv.compile(schema as object),
}))

function validatorFor(file: string): ValidateFunction | undefined {
  const [folder = '', ...rest] = file.split('/')
  const pattern = rest.length === 0 ? folder : `${folder}/*.yaml`
  return validators.find(({ files }) => files === pattern)?.validate
}

/** What an independent validator says of a file, read by another way than ours. */
function complaints(file: string, text: string): string[] {
  const validate = validatorFor(file)
  if (!validate) return [`no schema for ${file}`]
  validate(parse(text))
  return (validate.errors ?? []).map(({ instancePath, message }) => `${file}${instancePath} ${message}`)
}

test('the small portfolio validates against the emitted schemas', () => {
  expect(Object.entries(SMALL_TEXTS).flatMap(([file, text]) => complaints(file, text))).toEqual([])
})

test.each(readdirSync(EXAMPLES))('examples/%s validates against the emitted schemas', (example) => {
  const files = readdirSync(join(EXAMPLES, example), { recursive: true, encoding: 'utf8' })
  const texts = files.filter((file) => file.endsWith('.yaml'))
  expect(texts).toContain('offtake.yaml')
  expect(
    texts.flatMap((file) => complaints(file, readFileSync(join(EXAMPLES, example, file), 'utf8'))),
  ).toEqual([])
})

test.each([
  ['an unknown field', 'agreements/alpha.yaml', 'title:', 'titel:'],
  ['a word that is not offered', 'agreements/alpha.yaml', 'instrument: capacity', 'instrument: rent'],
  [
    'negative accelerators',
    'agreements/alpha.yaml',
    'accelerators: 64, promised',
    'accelerators: -1, promised',
  ],
  ['a date that is none', 'agreements/alpha.yaml', 'signed: 2025-12-01', 'signed: soon'],
  ['a sum that is none', 'agreements/alpha.yaml', 'value: 12m', 'value: lots'],
  ['a duration without unit', 'workloads/work.yaml', '30m', '30x'],
  ['a missing field', 'offtake.yaml', 'asOf: 2026-05-31', ''],
])('an editor underlines %s', (_, file, part, by) => {
  const text = SMALL_TEXTS[file] ?? ''
  expect(text).toContain(part)
  expect(complaints(file, text.replace(part, by))).not.toEqual([])
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runOfftake } from '../testing/run-offtake.ts'
import { inFolder } from '../testing/temporary-folder.ts'

test('schemas of all files are written, and written again over themselves alone', () =>
  inFolder({ 'other/own.txt': '' }, async (dir) => {
    const out = join(dir, 'schemas')
    expect((await runOfftake(['schema', '--out', out])).code).toBe(0)
    expect((await runOfftake(['schema', '--out', out])).code).toBe(0)
    expect(readdirSync(out).sort()).toEqual(
      ['agreement', 'fleet', 'offtake', 'quote', 'workload'].map((name) => `${name}.schema.json`),
    )
    const schema = JSON.parse(readFileSync(join(out, 'agreement.schema.json'), 'utf8'))
    expect(schema.properties.title).toMatchObject({ type: 'string', description: 'what people call it' })
    expect(await runOfftake(['schema', '--out', join(dir, 'other')])).toMatchObject({ code: 2 })
    expect(readdirSync(join(dir, 'other'))).toEqual(['own.txt'])
  }))

test.each(['check', 'schema', 'init'])('%s explains itself with an example', async (command) => {
  const { code, out } = await runOfftake([command, '--help'])
  expect(code).toBe(0)
  expect(out).toContain(`Example:\n  offtake ${command} `)
})

import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { runOfftake } from '../testing/run-offtake.ts'
import { inFolder } from '../testing/temporary-folder.ts'

const START_UP = resolve(import.meta.dirname, '../../../../examples/start-up')

test('a portfolio without problems ends with 0 and one line', async () => {
  const { code, out, err } = await runOfftake(['check', START_UP])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toMatch(/no problems in 2 agreements, 3 quotes, 2 workloads and 1 service\n$/)
})

test('every problem is one line of file, line, column, code and message, and the end is 1', () =>
  inFolder({ 'offtake.yaml': 'name: x\ncolour: red\n', 'agreements/a.yaml': '' }, async (dir) => {
    const { code, out } = await runOfftake(['check', dir])
    const lines = out.trimEnd().split('\n')
    expect(code).toBe(1)
    expect(lines[0]).toBe(`${dir}/agreements/a.yaml:1:1 emptyFile the file is empty`)
    expect(lines).toContain(
      `${dir}/offtake.yaml:2:1 unknownField colour is no known field: known are asOf, buyer, currency, egress, expectations, horizon, name, priorityAging, reclaimNotice, revenue, seed, shareHalfLife, tenants, window`,
    )
    for (const line of lines) expect(line).toMatch(/^\S+:\d+:\d+ [a-zA-Z]+ .+$/)
  }))

test('with --json the problems are one document', () =>
  inFolder({}, async (dir) => {
    const { code, out } = await runOfftake(['check', '--json', dir])
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      folder: dir,
      ok: false,
      problems: [{ file: 'offtake.yaml', line: 1, column: 1, code: 'missingSettings' }],
    })
  }))

test('a folder that is not there is a problem like any other, without a stack trace', async () => {
  const { code, out, err } = await runOfftake(['check', '/nowhere/at/all'])
  expect({ code, err }).toEqual({ code: 1, err: '' })
  expect(out).toBe('/nowhere/at/all:1:1 noFolder there is no such folder\n')
})

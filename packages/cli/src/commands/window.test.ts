import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LiveServe, startLiveServe } from '../testing/live-serve.ts'
import { runOfftake } from '../testing/run-offtake.ts'

let served: LiveServe

beforeAll(async () => {
  served = await startLiveServe()
})

afterAll(() => served.stop())

function file(name: string, text: string): string {
  const path = join(served.folder, name)
  writeFileSync(path, text)
  return path
}

const WINDOW = `id: night
tenant: lab
members: 1
acceleratorsPerMember: 1
accepts: [slot]
start: 2101-01-01
until: 2101-01-02
`

test('a window is booked from a file, listed, and cancelled', async () => {
  const booked = await runOfftake(['window', 'book', file('night.yaml', WINDOW)])
  expect(booked).toMatchObject({
    code: 0,
    out: 'night: 1 accelerators in this-machine/local/slot from 2101-01-01T00:00:00.000Z until 2101-01-02T00:00:00.000Z\n',
  })
  expect((await runOfftake(['window', 'list'])).out).toMatch(/night\s+lab\s+booked/)
  expect((await runOfftake(['window', 'cancel', 'night'])).out).toBe('night is cancelled\n')
  expect(await runOfftake(['window', 'cancel', 'night'])).toMatchObject({ code: 2, out: '' })
  const past = file('past.yaml', WINDOW.replaceAll('2101', '2001'))
  expect((await runOfftake(['window', 'book', past])).err).toContain('the window is over, or has begun')
  expect((await runOfftake(['window', 'book', file('list.yaml', '- 1\n')])).err).toContain('malformed')
})

const SERVICE = `id: web
tenant: lab
replica: { acceleratorsPerMember: 1, accepts: [slot] }
replicas: 1
command: [sleep, "60"]
`

test('a service is applied from a file, scaled, listed, and removed; what it used is told', async () => {
  const { code, out } = await runOfftake(['service', 'apply', file('web.yaml', SERVICE)])
  expect(code).toBe(0)
  expect(out).toMatch(/^web: 1 wanted, /)
  await expect
    .poll(async () => (await runOfftake(['service', 'list'])).out, { timeout: 10_000 })
    .toMatch(/web\s+lab\s+number\s+1\s+1\s+0\s+0\s+1/)
  expect((await runOfftake(['usage', '--by', 'total'])).out).toMatch(
    /lab\s+this-machine\/local\/slot\s+0.00 h/,
  )
  expect((await runOfftake(['service', 'scale', 'web', '0'])).out).toMatch(/^web: 0 wanted, /)
  expect((await runOfftake(['service', 'remove', 'web'])).out).toBe('web is removed\n')
  expect((await runOfftake(['service', 'scale', 'web', '1'])).err).toContain(
    "notFound: there is no service 'web'",
  )
  expect((await runOfftake(['service', 'apply', file('no-id.yaml', 'tenant: lab\n')])).err).toContain(
    'has an id',
  )
  expect((await runOfftake(['service', 'scale', 'web', 'many'])).code).toBe(2)
  expect((await runOfftake(['charges', '2026-13'])).err).toContain('query.month')
})

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type LiveServe, startLiveServe } from '../testing/live-serve.ts'
import { runOfftake } from '../testing/run-offtake.ts'

let served: LiveServe

beforeAll(async () => {
  served = await startLiveServe()
})

afterAll(() => served.stop())

const SLOT = ['--tenant', 'lab', '--accelerators', '1', '--hardware', 'slot']

describe('offtake job submit', () => {
  test('takes a job from options and a command, and waits for it with its exit code', async () => {
    const submitted = await runOfftake([
      'job',
      'submit',
      '--id',
      'fails',
      '--wait',
      ...SLOT,
      '--',
      'sh',
      '-c',
      'exit 7',
    ])
    expect(submitted).toMatchObject({
      code: 7,
      out: 'fails failed on this-machine/local/slot, exit code 7\n',
    })
    const good = await runOfftake(['job', 'submit', ...SLOT, '--wait', '--json', '--', 'true'])
    expect(good.code).toBe(0)
    expect(JSON.parse(good.out)).toMatchObject({ state: 'finished', exitCode: 0 })
  })

  test('takes a file, whose fields the options override, and a command with options of its own', async () => {
    const file = join(served.folder, 'job.yaml')
    writeFileSync(file, 'id: from-file\ntenant: lab\naccelerators: 4000\nhardware: [slot]\n')
    const { code } = await runOfftake([
      'job',
      'submit',
      file,
      '--accelerators',
      '1',
      '--wait',
      '--',
      'sh',
      '-c',
      'echo said',
    ])
    expect(code).toBe(0)
    expect((await runOfftake(['job', 'logs', 'from-file'])).out).toBe('said\n')
  })

  test.each([
    [['no-such.yaml'], 'offtake: malformed: no-such.yaml: there is no such file\n'],
    [['a', 'b'], "offtake: malformed: one file, and the command after --: 'b' is neither\n"],
    [SLOT.slice(2), 'offtake: malformed: body.tenant: '],
    [
      [...SLOT.slice(0, 2), '--accelerators', '5000', '--hardware', 'slot'],
      'offtake: invalid: body.accelerators: no pool',
    ],
    [[...SLOT.slice(0, 4), '--hardware', 'tpu'], 'body.hardware: no pool has tpu; there is slot'],
  ])('says what is wrong with %j in one line', async (args, said) => {
    const { code, err } = await runOfftake(['job', 'submit', ...args])
    expect(code).toBe(2)
    expect(err).toContain(said)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
  })
})

test('a job is explained, found by its name, followed, and cancelled', async () => {
  const script = 'echo begun; sleep 60'
  await runOfftake([
    'job',
    'submit',
    '--id',
    'long',
    '--name',
    'night run',
    ...SLOT,
    '--',
    'sh',
    '-c',
    script,
  ])
  expect((await runOfftake(['job', 'explain', 'long'])).out).toContain(
    'long: It runs in this-machine/local/slot since',
  )
  const listed = await runOfftake(['job', 'list', '--name', 'night', '--state', 'running', '--json'])
  expect(JSON.parse(listed.out)).toMatchObject({ items: [{ id: 'long' }], more: false })
  await expect.poll(async () => (await runOfftake(['job', 'logs', 'long'])).out).toBe('begun\n')
  expect((await runOfftake(['job', 'cancel', 'long'])).out).toContain('long cancelled')
  expect((await runOfftake(['job', 'logs', 'long', '--follow'])).out).toBe('begun\n')
})

test('the server ends on request while a process of it runs on', async () => {
  const own = await startLiveServe()
  await runOfftake(['job', 'submit', ...SLOT, '--', 'sleep', '30'])
  const before = Date.now()
  await own.stop()
  expect(Date.now() - before).toBeLessThan(20_000)
})

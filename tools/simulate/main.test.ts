import { expect, test } from 'vitest'
import { run } from '../setup/run.mjs'

const ROOT = new URL('../..', import.meta.url).pathname

function simulate(...args: readonly string[]): Promise<{ code: number; output: string }> {
  const program = ['--import', 'tsx', '--conditions=offtake-source', 'tools/simulate/main.ts']
  return run(process.execPath, [...program, ...args], { cwd: ROOT })
}

test('the seeds that are named are played, and nothing else', async () => {
  expect(await simulate('1')).toEqual({ code: 0, output: '1 history breaks no rule\n' })
  expect(await simulate('1', '2', '3')).toEqual({ code: 0, output: '3 histories break no rule\n' })
})

test('new seeds are drawn until the time is over', async () => {
  const { code, output } = await simulate('--minutes', '0.01')
  expect(code).toBe(0)
  expect(output).toMatch(/^\d+ (history breaks|histories break) no rule$/m)
})

test('a time that is none is refused', async () => {
  for (const minutes of ['0', 'soon'])
    expect(await simulate(`--minutes=${minutes}`)).toEqual({
      code: 2,
      output: '--minutes takes a number above 0\n',
    })
})

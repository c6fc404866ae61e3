import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folderOf } from '../testing/folder.ts'
import { runNode } from './child.ts'

const root = folderOf({
  'small.mjs': `process.stdout.write('small ' + process.argv[2])`,
  'large.mjs': `globalThis.held = Buffer.alloc(300 * 2 ** 20, 1)`,
  'broken.mjs': `console.error('no such file'); process.exit(2)`,
})

test('a program is run to its end, with what it printed and the most memory it held', async () => {
  const small = await runNode([join(root, 'small.mjs'), 'enough'])
  const large = await runNode([join(root, 'large.mjs')])
  expect(small.output).toBe('small enough')
  expect(small.wallSeconds).toBeGreaterThan(0)
  expect(small.peakMemoryMb).toBeGreaterThan(10)
  expect(large.peakMemoryMb - small.peakMemoryMb).toBeGreaterThan(250)
})

test('a program that fails is an error with its last words', async () => {
  await expect(runNode([join(root, 'broken.mjs')])).rejects.toThrow(/broken\.mjs ended with 2:\nno such file/)
})

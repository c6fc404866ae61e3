import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sourceOf } from './planted-bug.ts'
import { PLANTED_BUGS } from './planted-bugs.ts'

test.each(PLANTED_BUGS)('one place of $file is changed so that $name', async (bug) => {
  const { file, right, wrong } = bug
  const text = await readFile(join(sourceOf(bug), file), 'utf8')
  expect(text.split(right)).toHaveLength(2)
  expect(wrong).not.toBe(right)
})

test('each bug has a name of its own', () => {
  expect(new Set(PLANTED_BUGS.map(({ name }) => name)).size).toBe(PLANTED_BUGS.length)
})

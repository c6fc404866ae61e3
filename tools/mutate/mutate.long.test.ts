import { expect, test } from 'vitest'
import { failuresWith } from './find-out.ts'
import { PLANTED_BUGS } from './planted-bugs.ts'

test.each(PLANTED_BUGS)('it is found out that $name', async (bug) => {
  expect(await failuresWith(bug)).toContainEqual(expect.stringContaining(bug.test))
})

import { apiProblem } from '@offtake/contract/api/problem'
import { expect, test } from 'vitest'
import { hintFor } from './hint.ts'

test('whoever is told of a line of a file is told what names them all, and nobody else is', () => {
  const of = (path: string) => hintFor(apiProblem('invalid', 'wrong', [{ path, message: 'wrong' }]))
  expect(of('agreements/first.yaml:15:56')).toContain('offtake check')
  expect(of('body.accelerators')).toBeUndefined()
  expect(hintFor(apiProblem('stale', 'by now'))).toContain('look at it again')
})

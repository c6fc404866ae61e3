import { drawHistory } from '@offtake/core/simulation/histories/draw-history'
import { expect, test } from 'vitest'
import { shorten } from './shorten.ts'

test('a history is shortened to the jobs and commands that its failure needs, in their order', () => {
  const history = drawHistory(1)
  const isNeeded = (id: string): boolean => ['j3', 'j11', 'j19'].includes(id)
  const shortened = shorten(history, ({ jobs, commands }) => {
    const pools = commands.filter(({ command }) => command.kind === 'openPool')
    return pools.length > 0 && jobs.filter(({ gang }) => isNeeded(gang.id)).length === 3
  })
  expect(shortened.jobs.map(({ gang }) => gang.id)).toEqual(['j3', 'j11', 'j19'])
  expect(shortened.commands.map(({ command }) => command.kind)).toEqual(['openPool'])
  expect(shortened).toEqual({ ...history, jobs: shortened.jobs, commands: shortened.commands })
})

test('what a failure needs together is kept, however far apart it stands', () => {
  const history = drawHistory(2)
  const [first, last] = [history.commands.at(0), history.commands.at(-1)]
  const shortened = shorten(
    history,
    ({ commands }) => first !== undefined && commands.at(0) === first && commands.at(-1) === last,
  )
  expect(shortened.jobs).toEqual([])
  expect(shortened.commands).toEqual([first, last])
})

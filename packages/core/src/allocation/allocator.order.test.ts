import { expect, test } from 'vitest'
import { aPool, domains } from '../testing/scene.ts'
import { FIFO } from './policies/fifo.ts'

const WHOLE = { members: 8 }

test('those who came first start first', () => {
  const scene = aPool([domains(1)])
  scene.submit('running', WHOLE)
  for (const id of ['c', 'a', 'b']) scene.submit(id, WHOLE)
  scene.finish('running')
  expect(scene.running()).toEqual(['c'])
  expect(scene.waiting()).toEqual(['a', 'b'])
})

test('a higher priority goes before all that came earlier', () => {
  const scene = aPool([domains(1)])
  scene.submit('running', WHOLE)
  scene.submit('early', WHOLE)
  scene.submit('urgent', { ...WHOLE, priority: 5 })
  scene.submit('low', { ...WHOLE, priority: -1 })
  expect(scene.waiting()).toEqual(['urgent', 'early', 'low'])
  scene.finish('running')
  expect(scene.running()).toEqual(['urgent'])
})

test('a gang that loses its node waits ahead of those that never ran, also if they came before it', () => {
  const scene = aPool([domains(2)])
  scene.submit('running', { each: 8, limitMinutes: 60 })
  scene.submit('never ran', { members: 2, each: 8 })
  scene.submit('nor this one', { members: 2, each: 8 })
  scene.submit('passes', { each: 8, limitMinutes: 60 })
  expect(scene.running()).toEqual(['passes', 'running'])
  scene.failNode(1)
  expect(scene.waiting()).toEqual(['passes', 'never ran', 'nor this one'])
  scene.finish('running')
  expect(scene.running()).toEqual(['passes'])
})

test('gangs that lost their nodes keep the order among themselves in which they came', () => {
  const scene = aPool([domains(2)])
  scene.submit('first', WHOLE)
  scene.submit('second', WHOLE)
  scene.submit('waiting', WHOLE)
  scene.failNode(1)
  scene.failNode(0)
  expect(scene.waiting()).toEqual(['first', 'second', 'waiting'])
})

test('a gang that lost its node does not pass one of higher priority', () => {
  const scene = aPool([domains(1)])
  scene.submit('first', WHOLE)
  scene.submit('urgent', { ...WHOLE, priority: 1 })
  scene.failNode(0)
  expect(scene.waiting()).toEqual(['urgent', 'first'])
})

test('first come, first served lets nobody pass the first that finds no room', () => {
  const scene = aPool([domains(1)], { policy: FIFO })
  scene.submit('running', { members: 4, limitMinutes: 60 })
  scene.submit('large', { members: 8, limitMinutes: 60 })
  scene.submit('small', { members: 1, limitMinutes: 1 })
  expect(scene.waiting()).toEqual(['large', 'small'])
  scene.finish('running')
  expect(scene.running()).toEqual(['large'])
})

test('first come, first served holds up those alone who wait for the same hardware', () => {
  const scene = aPool([domains(1)], { policy: FIFO })
  scene.openPool('other', { nodes: [domains(1)], hardware: 'tpu' })
  scene.submit('running', { members: 4 })
  scene.submit('large', { members: 8 })
  scene.submit('elsewhere', { accepts: ['tpu'] })
  scene.submit('either', { accepts: ['gpu', 'tpu'] })
  scene.submit('small')
  expect(scene.running()).toEqual(['either', 'elsewhere', 'running'])
  expect(Object.keys(scene.seats('either'))).toEqual(['other#0'])
})

test.each([{ policy: FIFO }, {}])('a gang larger than the fleet blocks nobody (%o)', (more) => {
  const scene = aPool([domains(2)], more)
  scene.submit('giant', { members: 17, priority: 9 })
  scene.submit('wide', { members: 3, each: 8, priority: 9 })
  scene.submit('thick', { members: 1, each: 9, priority: 9 })
  scene.submit('tight', { members: 9, within: { level: 'domain', required: true }, priority: 9 })
  scene.submit('fits', { members: 16, limitMinutes: 1 })
  scene.submit('next', { members: 16 })
  expect(scene.running()).toEqual(['fits'])
  scene.finish('fits')
  expect(scene.running()).toEqual(['next'])
})

test('a gang that waits may be cancelled, and one that came later takes its turn', () => {
  const scene = aPool([domains(1)])
  scene.submit('running', WHOLE)
  scene.submit('head', WHOLE)
  scene.submit('next', WHOLE)
  scene.cancel('head')
  scene.finish('running')
  expect(scene.running()).toEqual(['next'])
})

test('what a cancelled head kept others from starts at once', () => {
  const scene = aPool([domains(1)])
  scene.submit('running', { members: 4, limitMinutes: 10 })
  scene.submit('head', WHOLE)
  scene.submit('long', { members: 4, limitMinutes: 100 })
  expect(scene.running()).toEqual(['running'])
  scene.cancel('head')
  expect(scene.running()).toEqual(['long', 'running'])
})

import { expect, test } from 'vitest'
import { aRole, required } from '../testing/gang.ts'
import { aPool, domains } from '../testing/scene.ts'

/** Of 16 accelerators 10 run for an hour; the head needs 12. */
function aHeadThatWaits() {
  const scene = aPool([domains(2)])
  scene.submit('running', { members: 10, limitMinutes: 60 })
  scene.submit('head', { members: 12, limitMinutes: 60 })
  return scene
}

test('a later gang starts on what the head cannot use yet, if it ends before the head may start', () => {
  const scene = aHeadThatWaits()
  scene.submit('short', { members: 6, limitMinutes: 60 })
  expect(scene.running()).toEqual(['running', 'short'])
})

test('one that would end a moment later waits', () => {
  const scene = aHeadThatWaits()
  scene.pass(1)
  scene.submit('too long', { members: 6, limitMinutes: 60 })
  expect(scene.waiting()).toEqual(['head', 'too long'])
})

test('a gang of any length starts beside what the head will take, as far as that goes', () => {
  const scene = aHeadThatWaits()
  scene.submit('beside', { members: 3 })
  scene.submit('beside too', { members: 1 })
  scene.submit('one too many', { members: 1 })
  expect(scene.running()).toEqual(['beside', 'beside too', 'running'])
  scene.pass(60)
  scene.finish('running')
  expect(scene.startedAt('head')).toBe(60)
})

test('those who end before the head starts take nothing of what is spare beside it', () => {
  const scene = aHeadThatWaits()
  scene.submit('short', { members: 2, limitMinutes: 30 })
  scene.submit('beside', { members: 4 })
  expect(scene.running()).toEqual(['beside', 'running', 'short'])
})

test('where a running gang stated no limit, nobody passes who takes of what the head needs', () => {
  const scene = aPool([domains(2)])
  scene.submit('unlimited', { members: 10 })
  scene.submit('head', { members: 12 })
  scene.submit('short', { members: 1, limitMinutes: 1 })
  expect(scene.waiting()).toEqual(['head', 'short'])
})

test('a gang without a limit never ends before the head', () => {
  const scene = aHeadThatWaits()
  scene.submit('unlimited', { members: 6 })
  expect(scene.waiting()).toEqual(['head', 'unlimited'])
})

test('whoever ends early lets the head start early', () => {
  const scene = aHeadThatWaits()
  scene.pass(5)
  scene.finish('running')
  expect(scene.startedAt('head')).toBe(5)
})

test('where one ends early, the head is promised an earlier start, and others must end by that', () => {
  const scene = aPool([domains(2)])
  scene.submit('a', { members: 6, limitMinutes: 60 })
  scene.submit('b', { members: 6, limitMinutes: 100 })
  scene.submit('head', { members: 12 })
  scene.pass(10)
  scene.finish('b')
  scene.submit('until 70', { members: 6, limitMinutes: 60 })
  scene.submit('until 60', { members: 6, limitMinutes: 50 })
  expect(scene.running()).toEqual(['a', 'until 60'])
  scene.pass(50)
  scene.finish('until 60', 'a')
  expect(scene.startedAt('head')).toBe(60)
})

test('a gang of several roles passes by the same rules', () => {
  const scene = aHeadThatWaits()
  const roles = [aRole('trainer', { members: 3 }), aRole('rollout', { members: 2 })]
  scene.submit('long', { roles, limitMinutes: 61 })
  scene.submit('short', { roles, limitMinutes: 60 })
  expect(scene.running()).toEqual(['running', 'short'])
})

test('a gang of several roles is promised a start as any other', () => {
  const scene = aPool([domains(2)], { cpuCores: 4 })
  scene.submit('running', { members: 10, limitMinutes: 60 })
  scene.submit('head', { roles: [aRole('trainer', { members: 12 }), coresOnly(4)] })
  scene.submit('long', { members: 6, limitMinutes: 61 })
  scene.submit('long too', { roles: [coresOnly(1)] })
  scene.submit('short', { members: 6, limitMinutes: 60 })
  expect(scene.running()).toEqual(['running', 'short'])
  scene.pass(60)
  scene.finish('running', 'short')
  expect(scene.startedAt('head')).toBe(60)
})

test('a gang that runs beyond its limit lets nobody pass by time', () => {
  const scene = aHeadThatWaits()
  scene.pass(70)
  scene.submit('short', { members: 6, limitMinutes: 1 })
  expect(scene.waiting()).toEqual(['head', 'short'])
})

test('nothing is spare beside a head that must sit together', () => {
  const scene = aPool([domains(2)])
  scene.submit('left', { members: 6, limitMinutes: 60 })
  scene.submit('right', { members: 6, limitMinutes: 120 })
  scene.submit('head', { members: 8, within: required('node') })
  scene.submit('two', { members: 2 })
  scene.submit('two short', { members: 2, limitMinutes: 60 })
  expect(scene.running()).toEqual(['left', 'right', 'two short'])
})

test('the head waits for the pool in which it may start first, and the other is free for all', () => {
  const scene = aPool([domains(1)])
  scene.openPool('other', { nodes: [domains(1)], hardware: 'tpu' })
  scene.submit('soon', { members: 4, limitMinutes: 10 })
  scene.submit('late', { members: 4, limitMinutes: 90, accepts: ['tpu'] })
  scene.submit('head', { members: 8, accepts: ['tpu', 'gpu'] })
  scene.submit('long', { members: 4, accepts: ['gpu'] })
  scene.submit('long elsewhere', { members: 4, accepts: ['tpu'] })
  expect(scene.running()).toEqual(['late', 'long elsewhere', 'soon'])
})

test('a gang that needs cores alone passes a head that needs accelerators alone', () => {
  const scene = aPool([domains(1)], { cpuCores: 4 })
  scene.submit('unlimited', { members: 4 })
  scene.submit('head', { members: 8 })
  scene.submit('cores', { roles: [coresOnly(4)] })
  expect(scene.running()).toEqual(['cores', 'unlimited'])
})

test('cores are kept for a head that waits for cores', () => {
  const scene = aPool([domains(1)], { cpuCores: 10 })
  scene.submit('some', { roles: [coresOnly(6)], limitMinutes: 60 })
  scene.submit('head', { roles: [coresOnly(8)] })
  scene.submit('beside', { roles: [coresOnly(2)] })
  scene.submit('one too many', { roles: [coresOnly(1)] })
  scene.submit('short', { roles: [coresOnly(2)], limitMinutes: 60 })
  expect(scene.running()).toEqual(['beside', 'short', 'some'])
  scene.pass(60)
  scene.finish('some', 'short')
  expect(scene.startedAt('head')).toBe(60)
})

function coresOnly(cores: number) {
  return aRole('sandbox', { members: cores, each: 0, cpuCores: 1 })
}

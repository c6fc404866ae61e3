import { expect, test } from 'vitest'
import { aPool, domains, Scene } from '../testing/scene.ts'
import { SurvivalObserver } from './survival-observer.ts'

function survivalOf(scene: Scene) {
  const observer = new SurvivalObserver()
  for (const event of scene.history) observer.observe(event)
  return observer.finish(scene.now)
}

test('the loss of the fullest provider leaves what sits with the others', () => {
  const pools = { north: { nodes: [domains(1)] }, south: { nodes: [domains(1)] } }
  const scene = new Scene({ pools })
  const spread = { group: 'chat', over: 'provider', atMost: 0.5 } as const
  scene.submit('a', { spread })
  scene.pass(10)
  for (const id of ['b', 'c']) scene.submit(id, { spread })
  scene.pass(10)
  scene.finish('c')
  scene.pass(20)
  scene.submit('apart from none')
  // One for 10 minutes, three for 10, two for 20: of which 0, 1 and 1 would go on.
  expect(survivalOf(scene)).toEqual([
    { group: 'chat', over: 'provider', meanShare: 30 / 80, most: 3, mostSurviving: 1 },
  ])
})

test('a gang over several domains goes out with any of them', () => {
  const scene = aPool([domains(2)])
  const spread = { group: 'wide', over: 'domain', atMost: 1 } as const
  scene.submit('both', { members: 2, each: 8, spread })
  scene.pass(10)
  expect(survivalOf(scene)).toMatchObject([{ meanShare: 0, most: 1, mostSurviving: 0 }])
  expect(survivalOf(aPool([domains(1)]))).toEqual([])
})

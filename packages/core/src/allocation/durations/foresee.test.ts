import { expect, it } from 'vitest'
import { MINUTE_MS } from '../../base/instant.ts'
import { aGang } from '../../testing/gang.ts'
import { aPool, domains, type Scene } from '../../testing/scene.ts'
import { BACKFILL } from '../policies/backfill.ts'
import type { QueuePolicy } from '../policies/queue-policy.ts'
import { SRTF } from '../policies/srtf.ts'

function foreseeing(policy: QueuePolicy): Scene {
  return aPool([domains(2)], { policy: { ...policy, foresees: true } })
}

const SAVES = { members: 16, checkpointMinutes: 1 }

function teach(scene: Scene, name: string, minutes: number): void {
  for (let n = 0; n < 12; n++) {
    scene.submitGang({ ...aGang(`${name} ${n}`, SAVES), name })
    scene.pass(minutes)
    scene.finish(`${name} ${n}`)
  }
}

it('those come first whose like have ended soonest', () => {
  const scene = foreseeing(SRTF)
  teach(scene, 'slow', 300)
  teach(scene, 'quick', 5)
  scene.submitGang({ ...aGang('a slow one', SAVES), name: 'slow' })
  scene.submitGang({ ...aGang('a quick one', SAVES), name: 'quick' })
  expect(scene.running()).toEqual(['a quick one'])
})

it('a limit that is stated counts, whatever others of its name did', () => {
  const scene = foreseeing(SRTF)
  teach(scene, 'slow', 300)
  scene.submitGang({ ...aGang('an old hand', SAVES), name: 'slow' })
  scene.submitGang({ ...aGang('limited', { ...SAVES, limitMinutes: 20 }), name: 'slow' })
  expect(scene.running()).toEqual(['limited'])
  expect(scene.events('submitted').at(-1)).not.toHaveProperty('expectedMs')
})

it('a gang that outlasts what was expected of it is foreseen anew, and gives way', () => {
  const scene = foreseeing(SRTF)
  teach(scene, 'quick', 5)
  scene.submitGang({ ...aGang('outlasts', SAVES), name: 'quick' })
  scene.submit('waits', { ...SAVES, limitMinutes: 60 })
  expect(scene.running()).toEqual(['outlasts'])
  scene.pass(600)
  expect(scene.events('outlasted').at(-1)).toMatchObject({ gangId: 'outlasts' })
  expect(scene.running()).toEqual(['waits'])
})

it('backfilling lets a gang pass that is expected to end in time, and moves the promise when another outlasts', () => {
  const scene = foreseeing(BACKFILL)
  teach(scene, 'quick', 5)
  teach(scene, 'slow', 300)
  scene.submitGang({ ...aGang('runs', { members: 10 }), name: 'slow' })
  scene.submit('waits', { members: 16 })
  scene.submitGang({ ...aGang('passes', { members: 6 }), name: 'quick' })
  expect(scene.running()).toContain('passes')
  scene.pass(2000)
  const [first] = scene.events('outlasted').filter(({ gangId }) => gangId === 'runs')
  expect(first?.expectedMs).toBeGreaterThan(300 * MINUTE_MS)
})

it('without that policy nothing is expected and nothing is learnt', () => {
  const scene = aPool([domains(2)])
  scene.submit('a')
  scene.pass(10)
  scene.finish('a')
  expect(scene.events('submitted')[0]).not.toHaveProperty('expectedMs')
  expect(scene.allocator.state.durations.entries()).toEqual([])
})

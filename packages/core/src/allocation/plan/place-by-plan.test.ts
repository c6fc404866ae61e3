import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MINUTE_MS } from '../../base/instant.ts'
import { aPool, domains, type Scene } from '../../testing/scene.ts'
import { BACKFILL } from '../policies/backfill.ts'
import { CONSERVATIVE } from '../policies/conservative.ts'
import type { QueuePolicy } from '../policies/queue-policy.ts'

function aScene(policy: QueuePolicy = CONSERVATIVE): Scene {
  return aPool([domains(1)], { policy })
}

/** A gang runs, and two wait behind it, of which the second is delayed by one that delays the first by nothing. */
function queued(policy: QueuePolicy): Scene {
  const scene = aScene(policy)
  scene.submit('runs', { members: 5, limitMinutes: 60 })
  scene.submit('first', { members: 7, limitMinutes: 60 })
  scene.submit('second', { members: 8, limitMinutes: 60 })
  return scene
}

describe('conservative backfilling', () => {
  it('lets nobody pass who would delay any of those before, where backfilling looks at the first alone', () => {
    for (const [policy, passes] of [
      [BACKFILL, true],
      [CONSERVATIVE, false],
    ] as const) {
      const scene = queued(policy)
      scene.submit('delays the second', { members: 1, limitMinutes: 130 })
      expect(scene.running().includes('delays the second')).toBe(passes)
    }
    const scene = queued(CONSERVATIVE)
    scene.submit('delays nobody', { members: 1, limitMinutes: 120 })
    expect(scene.running()).toEqual(['delays nobody', 'runs'])
  })

  it('lets nobody pass one whose start cannot be told', () => {
    const scene = aScene()
    scene.submit('endless', { members: 6 })
    scene.submit('first', { members: 8, limitMinutes: 60 })
    scene.submit('short', { members: 1, limitMinutes: 1 })
    expect(scene.running()).toEqual(['endless'])
  })

  it('starts earlier those who wait where one ends before its limit', () => {
    const scene = queued(CONSERVATIVE)
    scene.pass(10)
    scene.finish('runs')
    expect(scene.running()).toEqual(['first'])
  })

  it('starts each gang at the moment at which, when it was submitted, it delayed nobody before it', () => {
    const drawn = fc.array(
      fc.record({
        gap: fc.nat(15),
        members: fc.integer({ min: 1, max: 8 }),
        minutes: fc.integer({ min: 1, max: 60 }),
      }),
      { minLength: 1, maxLength: 25 },
    )
    fc.assert(
      fc.property(drawn, (jobs) => {
        const scene = aScene()
        const free = new Array<number>(5000).fill(8)
        const expected: number[] = []
        let now = 0
        const tick = (): void => {
          scene.pass(1)
          now += 1
          for (const id of scene.running())
            if (scene.allocator.state.gangs.get(id)?.expectedEnd === now * MINUTE_MS) scene.finish(id)
        }
        for (const [n, { gap, members, minutes }] of jobs.entries()) {
          for (let minute = 0; minute < gap; minute++) tick()
          let start = now
          while (free.slice(start, start + minutes).some((left) => left < members)) start += 1
          for (let minute = start; minute < start + minutes; minute++)
            free[minute] = (free[minute] ?? 0) - members
          expected.push(start)
          scene.submit(`${n}`, { members, limitMinutes: minutes })
        }
        while (scene.allocator.state.gangs.size > 0) tick()
        expect(jobs.map((_, n) => scene.startedAt(`${n}`))).toEqual(expected)
      }),
      { numRuns: 20 },
    )
  })
})

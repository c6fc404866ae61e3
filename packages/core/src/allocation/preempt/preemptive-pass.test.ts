import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../../base/instant.ts'
import { aPool, domains, type Scene } from '../../testing/scene.ts'
import { BALANCED } from '../policies/balanced.ts'
import { LAS_2D } from '../policies/las-2d.ts'
import type { QueuePolicy } from '../policies/queue-policy.ts'
import { SRSF } from '../policies/srsf.ts'
import { SRTF } from '../policies/srtf.ts'

/** Two nodes of eight. */
function aScene(policy: QueuePolicy): Scene {
  return aPool([domains(2)], { policy })
}

const SRTF_RANK = ({ remainingMs }: { readonly remainingMs: number }): number => remainingMs
const SAVES = { checkpointMinutes: 1 }

describe('shortest remaining time first', () => {
  it('stops a long gang for a short one, which then waits for its turn with what it saved', () => {
    const scene = aScene(SRTF)
    scene.submit('long', { members: 16, limitMinutes: 600, ...SAVES })
    scene.pass(60)
    scene.submit('short', { members: 16, limitMinutes: 10 })
    expect(scene.running()).toEqual(['short'])
    expect(scene.events('evicted')).toMatchObject([
      { gangId: 'long', because: 'preempted', keptMs: HOUR_MS, lostMs: 0 },
    ])
    scene.pass(10)
    scene.finish('short')
    expect(scene.running()).toEqual(['long'])
  })

  it('lets go on what has less left than those that wait', () => {
    const scene = aScene(SRTF)
    scene.submit('nearly done', { members: 16, limitMinutes: 60 })
    scene.pass(55)
    scene.submit('short', { members: 16, limitMinutes: 10 })
    expect(scene.running()).toEqual(['nearly done'])
  })

  it('stops no more than makes room, the longest first', () => {
    const scene = aScene(SRTF)
    scene.submit('two hours', { members: 8, limitMinutes: 120 })
    scene.submit('three hours', { members: 8, limitMinutes: 180 })
    scene.submit('short', { members: 8, limitMinutes: 10 })
    expect(scene.running()).toEqual(['short', 'two hours'])
  })

  it('stops nobody for a gang that would not fit even so', () => {
    const scene = aScene(SRTF)
    scene.submit('long', { members: 16, limitMinutes: 600 })
    scene.submit('too large', { members: 17, limitMinutes: 10 })
    expect(scene.running()).toEqual(['long'])
    expect(scene.events('evicted')).toEqual([])
  })

  it('clears a node of those that rank behind where room lies in pieces, and they go on elsewhere', () => {
    const scene = aScene(SRTF)
    const node = { within: { level: 'node', required: true } } as const
    scene.submit('a', { members: 5, limitMinutes: 600, ...node })
    scene.submit('b', { members: 2, limitMinutes: 500, ...node })
    scene.submit('c', { members: 5, limitMinutes: 400, ...node })
    scene.submit('whole node', { members: 8, limitMinutes: 10, ...node })
    expect(scene.running()).toContain('whole node')
    expect(scene.running()).toContain('c')
    expect(scene.waiting()).toEqual(['a'])
  })

  it('spends nothing on a gang that no node holds', () => {
    const scene = aScene(SRTF)
    scene.submit('long', { members: 16, limitMinutes: 600 })
    scene.submit('impossible', { members: 9, limitMinutes: 1, within: { level: 'node', required: true } })
    scene.submit('short', { members: 16, limitMinutes: 10 })
    expect(scene.running()).toEqual(['short'])
  })

  it('counts a gang without a limit as endless', () => {
    const scene = aScene(SRTF)
    scene.submit('unknown', { members: 16 })
    scene.submit('known', { members: 16, limitMinutes: 6_000 })
    expect(scene.running()).toEqual(['known'])
  })
})

it('shortest remaining service first counts the accelerators too', () => {
  const scene = aScene(SRSF)
  scene.submit('small and long', { members: 1, limitMinutes: 90 })
  scene.submit('large and short', { members: 16, limitMinutes: 10 })
  expect(scene.running()).toEqual(['small and long'])
})

it('a gang of cores alone counts as one accelerator, so that an endless one has a rank too', () => {
  for (const { preempts } of [SRSF, BALANCED]) {
    const endless = { remainingMs: Number.POSITIVE_INFINITY, attainedMs: 0, accelerators: 0, wasteMs: 0 }
    expect(preempts?.rank(endless)).toBe(Number.POSITIVE_INFINITY)
  }
})

it('least attained service stops a gang when its accelerator-hours pass a threshold, and not before', () => {
  const scene = aScene(LAS_2D)
  scene.submit('first', { members: 16 })
  scene.submit('second', { members: 16 })
  // One hour of 16 accelerators is reached after 3 minutes and three quarters.
  scene.pass(3)
  expect(scene.running()).toEqual(['first'])
  scene.pass(0.75)
  expect(scene.running()).toEqual(['second'])
  expect((scene.allocator.nextWake() ?? 0) / MINUTE_MS).toBeCloseTo(7.5)
  // What the first has run for counts, though it saved none of it.
  scene.pass(2)
  scene.submit('third', { members: 16 })
  expect(scene.running()).toEqual(['second'])
})

describe('balanced', () => {
  it('starts a gang that would outlast all others before them', () => {
    const scene = aScene(BALANCED)
    scene.submit('short', { members: 8, limitMinutes: 10 })
    scene.submit('also short', { members: 8, limitMinutes: 12 })
    scene.submit('lasts', { members: 8, limitMinutes: 600 })
    expect(scene.running()).toEqual(['lasts', 'short'])
  })

  it('lets nobody wait without end: once its patience is over a gang goes first, and stays', () => {
    const patient = { ...SRTF, preempts: { rank: SRTF_RANK, patienceMs: () => 3 * HOUR_MS } }
    const scene = aScene(patient)
    scene.submit('short 0', { members: 16, limitMinutes: 60 })
    scene.submit('large', { members: 16, limitMinutes: 600 })
    for (let hour = 1; hour <= 4; hour += 1) {
      scene.submit(`short ${hour}`, { members: 16, limitMinutes: 60 })
      scene.pass(60)
      for (const name of scene.running()) if (name !== 'large') scene.finish(name)
    }
    expect(scene.startedAt('large')).toBe(180)
    scene.submit('very short', { members: 16, limitMinutes: 1 })
    expect(scene.running()).toEqual(['large'])
  })

  it('lets one go first that has waited for as long as all that is known will yet take, but for the largest', () => {
    const scene = aScene(BALANCED)
    const hour = { members: 16, limitMinutes: 60 }
    scene.submit('small 0', hour)
    scene.submit('largest', { members: 16, limitMinutes: 1200, ...SAVES })
    scene.submit('large', { members: 16, limitMinutes: 600, ...SAVES })
    for (let n = 1; n <= 34 && scene.startedAt('large') === undefined; n++) {
      scene.submit(`small ${n}`, hour)
      scene.pass(60)
      scene.finish(`small ${n - 1}`)
    }
    // Thirty-one hours of work are known whenever one of the small ones has ended.
    expect(scene.startedAt('large')).toBe(31 * 60)
    expect(scene.startedAt('largest')).toBeUndefined()
  })

  it('does not stop a gang that would waste more than it has left', () => {
    const scene = aScene(BALANCED)
    scene.submit('saves nothing', { members: 16, limitMinutes: 600 })
    scene.submit('other', { members: 16, limitMinutes: 3000 })
    scene.pass(310)
    scene.submit('shorter', { members: 16, limitMinutes: 200 })
    expect(scene.running()).toEqual(['saves nothing'])
  })

  it('starts everybody within the patience and the time that those before it take', () => {
    const patience = 300
    const policy = { ...BALANCED, preempts: { ...BALANCED.preempts, patienceMs: () => patience * MINUTE_MS } }
    const drawn = fc.array(
      fc.record({
        gap: fc.nat(20),
        members: fc.constantFrom(1, 3, 8, 16),
        minutes: fc.integer({ min: 1, max: 90 }),
        priority: fc.nat(2),
      }),
      { minLength: 1, maxLength: 40 },
    )
    fc.assert(
      fc.property(drawn, (jobs) => {
        const scene = aScene(policy)
        const submitted: number[] = []
        let now = 0
        const tick = (): void => {
          scene.pass(1)
          now += 1
          for (const id of scene.running()) {
            const gang = scene.allocator.state.gangs.get(id)
            if (gang && gang.expectedEnd <= now * MINUTE_MS) scene.finish(id)
          }
        }
        for (const [n, { gap, members, minutes, priority }] of jobs.entries()) {
          for (let minute = 0; minute < gap; minute++) tick()
          submitted.push(now)
          scene.submit(`${n}`, { members, limitMinutes: minutes, priority, checkpointMinutes: 1 })
        }
        let before = 0
        while (scene.allocator.state.gangs.size > 0 && now < 20_000) tick()
        for (const [n, { minutes }] of jobs.entries()) {
          const latest = (submitted[n] ?? 0) + patience + before
          expect(scene.startedAt(`${n}`) ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(latest + 1)
          before += minutes + 1
        }
      }),
      { numRuns: 15 },
    )
  })

  it('has a patience of a quarter and thirty times the limit', () => {
    expect(BALANCED.preempts?.patienceMs?.(HOUR_MS)).toBe(90 * 24 * HOUR_MS + 30 * HOUR_MS)
  })
})

it('a higher priority goes before a better rank, until patience is over', () => {
  const patient = { ...SRTF, preempts: { rank: SRTF_RANK, patienceMs: () => 2 * HOUR_MS } }
  const scene = aScene(patient)
  scene.submit('short', { members: 16, limitMinutes: 10 })
  scene.submit('urgent', { members: 16, limitMinutes: 600, priority: 1 })
  expect(scene.running()).toEqual(['urgent'])
  scene.pass(120)
  expect(scene.running()).toEqual(['short'])
})

it('a gang that may not be made to give back is not stopped by rank', () => {
  const scene = aScene(SRTF)
  scene.submit('stays', { members: 16, limitMinutes: 600, reclaimable: false })
  scene.submit('short', { members: 16, limitMinutes: 10 })
  expect(scene.running()).toEqual(['stays'])
})

it('with quotas nobody is stopped by rank: owners ask back what is theirs, as ever', () => {
  const scene = aScene(SRTF)
  scene.setTenants([
    { id: 'a', name: 'a', quotas: [{ pool: 'main', accelerators: 16 }] },
    { id: 'b', name: 'b', quotas: [] },
  ])
  scene.submit('long', { tenant: 'a', members: 16, limitMinutes: 600 })
  scene.submit('short', { tenant: 'b', members: 16, limitMinutes: 10 })
  expect(scene.running()).toEqual(['long'])
})

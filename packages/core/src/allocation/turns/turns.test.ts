import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../base/instant.ts'
import type { OrderRules, Tenant } from '../../demand/tenant.ts'
import type { GangLike } from '../../testing/gang.ts'
import { aPool, domains, type Scene } from '../../testing/scene.ts'
import { restoreSnapshot, takeSnapshot } from '../snapshot.ts'

type Weights = Readonly<Record<string, number | { readonly weight?: number; readonly parent: string }>>

function tenantsOf(weights: Weights): Tenant[] {
  return Object.entries(weights).map(([id, of]) => ({
    id,
    name: id,
    quotas: [],
    ...(typeof of === 'number' ? { weight: of } : of),
  }))
}

function aScene(tenants: readonly Tenant[], order?: OrderRules): Scene {
  const scene = aPool([domains(2)])
  scene.tell({ kind: 'setTenants', tenants, noticeMs: 0, ...(order ? { order } : {}) })
  return scene
}

const WHOLE: GangLike = { members: 16, limitMinutes: 60 }

/** Who runs, hour after hour, where each tenant always has gangs that wait. */
function hours(scene: Scene, tenants: readonly string[], count: number, like: GangLike = WHOLE): string[] {
  const ran: string[] = []
  for (const tenant of tenants)
    for (let n = 0; n < count; n++) scene.submit(`${tenant} ${n}`, { ...like, tenant })
  for (let n = 0; n < count; n++) {
    const running = scene.running()
    ran.push(...running.map((id) => id.split(' ')[0] ?? ''))
    scene.pass(60)
    scene.finish(...running)
  }
  return ran
}

function countOf(list: readonly string[], item: string): number {
  return list.filter((other) => other === item).length
}

describe('tenants with weights', () => {
  it('use the fleet by their weights, whoever asked first', () => {
    const ran = hours(aScene(tenantsOf({ one: 1, three: 3 })), ['one', 'three'], 40)
    expect(countOf(ran, 'three')).toBeGreaterThanOrEqual(28)
    expect(countOf(ran, 'three')).toBeLessThanOrEqual(32)
  })

  it('share by the tree: what is below one tenant shares what that has', () => {
    const tenants = tenantsOf({ a: 1, b: 1, 'a-x': { parent: 'a' }, 'a-y': { parent: 'a' } })
    const ran = hours(aScene(tenants), ['a-x', 'a-y', 'b'], 40)
    expect(countOf(ran, 'b')).toBeGreaterThanOrEqual(18)
    expect(Math.abs(countOf(ran, 'a-x') - countOf(ran, 'a-y'))).toBeLessThanOrEqual(2)
  })

  it('take turns far down a deep tree, too', () => {
    const chain = Array.from({ length: 500 }, (_, n): Tenant => {
      const parent = n === 0 ? {} : { parent: `t${n - 1}` }
      return { id: `t${n}`, name: `t${n}`, quotas: [], weight: 1, ...parent }
    })
    const leaves = ['x', 'y'].map((id): Tenant => ({ id, name: id, quotas: [], parent: 't499' }))
    const ran = hours(aScene([...chain, ...leaves]), ['x', 'y'], 10)
    expect(countOf(ran, 'x')).toBe(5)
  })

  it('forget what was used long ago', () => {
    const order = { shareHalfLifeMs: DAY_MS }
    const used = (idleDays: number): number => {
      const scene = aScene(tenantsOf({ early: 1, late: 1 }), order)
      hours(scene, ['early'], 24)
      scene.pass(idleDays * 24 * 60)
      const later = { ...WHOLE, limitMinutes: 61 }
      for (const tenant of ['early', 'late'])
        for (let n = 0; n < 12; n++) scene.submit(`again ${tenant} ${n}`, { ...later, tenant })
      let late = 0
      for (let n = 0; n < 12; n++) {
        const running = scene.running()
        late += running.filter((id) => id.includes('late')).length
        scene.pass(60)
        scene.finish(...running)
      }
      return late
    }
    expect(used(0)).toBeGreaterThan(8)
    expect(used(20)).toBeLessThanOrEqual(7)
  })

  it('start in turns within one pass, since what starts counts at once', () => {
    const scene = aScene(tenantsOf({ a: 1, b: 1 }))
    scene.submit('blocks', { ...WHOLE, tenant: 'a' })
    for (const tenant of ['a', 'b'])
      for (let n = 0; n < 4; n++) scene.submit(`${tenant}${n}`, { members: 4, tenant })
    scene.pass(60)
    scene.finish('blocks')
    expect(scene.running()).toEqual(['a0', 'a1', 'b0', 'b1'])
  })

  it('are asked only where one states a weight', () => {
    const scene = aScene([
      { id: 'a', name: 'a', quotas: [] },
      { id: 'b', name: 'b', quotas: [] },
    ])
    expect(scene.allocator.state.turns).toBeUndefined()
    expect(hours(scene, ['a', 'b'], 4)).toEqual(['a', 'a', 'a', 'a'])
  })

  it('take their turns from a snapshot as if nothing had happened', () => {
    const scene = aScene(tenantsOf({ a: 1, b: 2 }), { shareHalfLifeMs: HOUR_MS })
    hours(scene, ['a', 'b'], 5)
    const restored = restoreSnapshot(JSON.parse(JSON.stringify(takeSnapshot(scene.allocator.state))))
    if (!restored.ok) throw new Error(JSON.stringify(restored))
    expect(takeSnapshot(restored.value)).toEqual(takeSnapshot(scene.allocator.state))
  })

  it('are refused where a weight or a time is not above nothing', () => {
    const scene = aScene(tenantsOf({ a: 1 }))
    const told = (tenants: Tenant[], order?: OrderRules) =>
      scene.tell({ kind: 'setTenants', tenants, noticeMs: 0, ...(order ? { order } : {}) })
    for (const weight of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(told(tenantsOf({ a: weight }))).toMatchObject([{ kind: 'refused', because: 'malformed' }])
    expect(told(tenantsOf({ a: 1 }), { priorityAgingMs: 0 })).toMatchObject([{ kind: 'refused' }])
    expect(told(tenantsOf({ a: 1 }), { shareHalfLifeMs: 0 })).toMatchObject([{ kind: 'refused' }])
  })
})

describe('priority that grows with waiting', () => {
  const AGING = { priorityAgingMs: 2 * HOUR_MS }

  it('lets one of lower priority go first once it has waited for as long as the difference takes', () => {
    const scene = aScene([{ id: 'anyone', name: 'anyone', quotas: [] }], AGING)
    scene.submit('urgent 0', { ...WHOLE, priority: 1 })
    scene.submit('patient', WHOLE)
    for (let n = 1; n <= 5; n++) {
      scene.submit(`urgent ${n}`, { ...WHOLE, priority: 1 })
      scene.pass(60)
      scene.finish(...scene.running())
    }
    expect(scene.startedAt('patient')).toBe(120)
  })

  it('nobody is overtaken by one that was submitted later than the difference of their priorities takes', () => {
    const drawn = fc.array(
      fc.record({ gap: fc.nat(40), priority: fc.nat(3), minutes: fc.integer({ min: 30, max: 120 }) }),
      { minLength: 20, maxLength: 40 },
    )
    fc.assert(
      fc.property(drawn, (jobs) => {
        const scene = aScene([{ id: 'anyone', name: 'anyone', quotas: [] }], AGING)
        const ends = new Map<string, number>()
        let now = 0
        const goOn = (until: number): void => {
          for (;;) {
            const [running] = scene.running()
            const end =
              running === undefined ? Number.POSITIVE_INFINITY : (ends.get(running) ?? endOf(running))
            if (running === undefined || end > until) break
            scene.pass(end - now)
            now = end
            scene.finish(running)
          }
          scene.pass(until - now)
          now = until
        }
        const endOf = (id: string): number => {
          const end = (scene.startedAt(id) ?? 0) + (jobs[Number(id)]?.minutes ?? 0)
          ends.set(id, end)
          return end
        }
        const submitted: number[] = []
        for (const [n, { gap, priority, minutes }] of jobs.entries()) {
          goOn(now + gap)
          submitted.push(now)
          scene.submit(`${n}`, { members: 16, priority, limitMinutes: minutes })
        }
        goOn(now + jobs.length * 120 + 1)
        const bound = (a: number, b: number): number =>
          (Math.max(0, (jobs[b]?.priority ?? 0) - (jobs[a]?.priority ?? 0)) + 1) *
          (AGING.priorityAgingMs / MINUTE_MS)
        for (let a = 0; a < jobs.length; a++) {
          for (let b = a + 1; b < jobs.length; b++) {
            const isLater = (submitted[b] ?? 0) - (submitted[a] ?? 0) >= bound(a, b)
            if (isLater) expect(scene.startedAt(`${a}`)).toBeLessThan(scene.startedAt(`${b}`) ?? 0)
          }
        }
      }),
      { numRuns: 40 },
    )
  })
})

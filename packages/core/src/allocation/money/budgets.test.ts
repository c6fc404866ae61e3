import { expect, test } from 'vitest'
import { HOUR_MS, instant, MINUTE_MS } from '../../base/instant.ts'
import { aGang, type GangLike } from '../../testing/gang.ts'
import { aPool, aTenant, domains, refusal, type Scene } from '../../testing/scene.ts'
import { aBudget, aGrant, aTake, someTerms } from '../../testing/terms.ts'
import { Allocator } from '../allocator.ts'
import { restoreSnapshot, takeSnapshot } from '../snapshot.ts'
import type { Budget, Terms } from './terms.ts'

const TREE = [aTenant('lab', {}), aTenant('agents', {}, { parent: 'lab' }), aTenant('others', {})]
const ON_DEMAND = aGrant('od', { order: 'onDemand', price: 2, accelerators: 32 })

function aLab(budgets: readonly Budget[], terms: Partial<Terms> = {}): Scene {
  const scene = aPool([domains(4)], { tenants: TREE })
  scene.tell({ kind: 'setTerms', terms: someTerms({ grants: [ON_DEMAND], budgets, ...terms }) })
  return scene
}

/** Eight accelerators for an hour at 2 each: 16. */
function submit(scene: Scene, id: string, like: GangLike = {}): void {
  scene.submit(id, { tenant: 'agents', members: 8, limitMinutes: 60, ...like })
}

/** In units of the currency. */
function spent(scene: Scene, id: string): number {
  const { money } = scene.allocator.state
  money?.countUntil(scene.now)
  return Number(money?.budgets.meters.get(id)?.spent ?? 0n) / HOUR_MS / 1_000_000
}

test('nothing starts that would exceed a limit by what it is expected to cost, what runs counted in', () => {
  const scene = aLab([aBudget('agents', { minutes: 600, units: 40, tenant: 'agents' })])
  for (const id of ['a', 'b', 'c']) submit(scene, id)
  submit(scene, 'small', { members: 4 })
  expect([scene.running(), scene.waiting()]).toEqual([['a', 'b', 'small'], ['c']])
})

test('an elastic gang is expected to cost what its smallest size does, for as long as that takes', () => {
  const runs = (units: number): boolean => {
    const scene = aLab([aBudget('agents', { minutes: 600, units, tenant: 'agents' })])
    // Two accelerators for 75 minutes at 2 each: 5, and not 16.
    submit(scene, 'a', { sizes: { 2: 0.8, 8: 1 } })
    return scene.running().includes('a')
  }
  expect([runs(5), runs(4.9)]).toEqual([true, false])
})

test('what a gang grew by before prices counted is in use: the next one pays what that leaves', () => {
  const scene = aPool([domains(4)], { tenants: TREE })
  submit(scene, 'grown', { members: 8, sizes: [8, 16], tenant: 'others' })
  const cheap = aGrant('free', { order: 'onDemand', price: 0, accelerators: 16 })
  const budgets = [aBudget('agents', { minutes: 600, units: 1, tenant: 'agents' })]
  scene.tell({ kind: 'setTerms', terms: someTerms({ grants: [cheap, ON_DEMAND], budgets }) })
  submit(scene, 'next')
  expect([scene.size('grown'), scene.waiting()]).toEqual([16, ['next']])
})

test('what ends before its limit leaves the rest to others', () => {
  const scene = aLab([aBudget('agents', { minutes: 600, units: 24, tenant: 'agents' })])
  submit(scene, 'a')
  submit(scene, 'b')
  scene.pass(15)
  scene.finish('a')
  expect([spent(scene, 'agents'), scene.running()]).toEqual([4, ['b']])
})

test('a budget is for all tenants below it, and for no others', () => {
  const scene = aLab([aBudget('lab', { minutes: 600, units: 0, tenant: 'lab' })])
  submit(scene, 'below')
  submit(scene, 'beside', { tenant: 'others' })
  expect([scene.running(), scene.waiting()]).toEqual([['beside'], ['below']])
})

test('a gang that names a budget draws on it beside those of its tenants', () => {
  const scene = aLab([aBudget('own', { minutes: 600, units: 16 })])
  const named = (id: string) => ({ ...aGang(id, { tenant: 'others', members: 8, limitMinutes: 60 }) })
  scene.submitGang({ ...named('a'), spending: { budget: 'own' } })
  scene.submitGang({ ...named('b'), spending: { budget: 'own' } })
  expect([scene.running(), scene.waiting()]).toEqual([['a'], ['b']])
})

test('with the next interval there is money again', () => {
  const scene = aLab([aBudget('agents', { minutes: 60, units: 8, tenant: 'agents' })])
  submit(scene, 'a', { limitMinutes: 30 })
  submit(scene, 'b', { limitMinutes: 30 })
  scene.pass(30)
  scene.finish('a')
  scene.pass(60)
  expect([scene.startedAt('a'), scene.startedAt('b')]).toEqual([0, 60])
})

test('what runs is not stopped, and goes on to be counted, when a budget is spent', () => {
  const scene = aLab([aBudget('agents', { minutes: 600, units: 16, tenant: 'agents' })])
  submit(scene, 'late')
  scene.pass(90)
  expect([scene.running(), spent(scene, 'agents')]).toEqual([['late'], 24])
})

test('what is owed anyway is not spent twice: committed capacity starts whatever the budget, until its take is used up', () => {
  const scene = aLab([aBudget('agents', { minutes: 600, units: 4, tenant: 'agents' })], {
    grants: [aGrant('committed', { accelerators: 32, takeId: 't' })],
    takes: [aTake('t', { minutes: 600, owed: 24 })],
  })
  submit(scene, 'a')
  scene.pass(45)
  submit(scene, 'b', { members: 16 })
  expect([scene.running(), spent(scene, 'agents')]).toEqual([['a', 'b'], 0])
  scene.pass(60)
  submit(scene, 'c')
  expect(scene.waiting()).toEqual(['c'])
  expect(spent(scene, 'agents')).toBeGreaterThan(20)
})

test('every accelerator in use in a pool bears the same part of what all of them cost', () => {
  const budgets = ['agents', 'others'].map((id) => aBudget(id, { minutes: 600, units: 99, tenant: id }))
  const scene = aLab(budgets, {
    grants: [aGrant('free', { order: 'listed', price: 0, accelerators: 8, paidAnyway: 8 }), ON_DEMAND],
  })
  submit(scene, 'a', { members: 12 })
  submit(scene, 'b', { members: 4, tenant: 'others' })
  scene.pass(60)
  expect([spent(scene, 'agents'), spent(scene, 'others')]).toEqual([12, 4])
})

test('bringing the data is spent at the start, each time', () => {
  const egress = [{ provider: 'away', toRegionMicrosPerGb: 0, toProviderMicrosPerGb: 100_000 }]
  const scene = aLab([aBudget('agents', { minutes: 600, units: 99, tenant: 'agents' })], { egress })
  const data = { gb: 30, provider: 'away', region: 'r' }
  scene.submitGang({ ...aGang('a', { tenant: 'agents', limitMinutes: 60 }), spending: { data } })
  expect(spent(scene, 'agents')).toBe(3)
})

test('a brake lets what costs nothing more start, and the rest once the money has kept pace with the time', () => {
  const scene = aLab([aBudget('agents', { minutes: 240, units: 64, kind: 'brake', tenant: 'agents' })], {
    grants: [aGrant('free', { order: 'listed', price: 0, accelerators: 4, paidAnyway: 4 }), ON_DEMAND],
  })
  submit(scene, 'first', { members: 20 })
  scene.pass(30)
  submit(scene, 'second')
  expect(scene.waiting()).toEqual(['second'])
  scene.pass(30)
  scene.finish('first')
  submit(scene, 'free', { members: 4 })
  expect(scene.running()).toEqual(['free'])
  scene.pass(120)
  // 32 were spent in the first hour, which is what two of four hours may cost.
  expect(scene.startedAt('second')).toBe(120)
})

test('tenants that move in the tree draw on the budgets of where they are', () => {
  const scene = aLab([aBudget('lab', { minutes: 600, units: 20, tenant: 'lab' })])
  submit(scene, 'a', { tenant: 'others' })
  scene.pass(60)
  scene.setTenants([aTenant('lab', {}), aTenant('others', {}, { parent: 'lab' })])
  scene.pass(30)
  submit(scene, 'b', { tenant: 'others' })
  expect([spent(scene, 'lab'), scene.waiting()]).toEqual([8, ['b']])
})

test('a budget that is set or taken away counts for those that wait already', () => {
  const scene = aLab([aBudget('agents', { minutes: 600, units: 0, tenant: 'agents' })])
  submit(scene, 'a')
  expect(scene.waiting()).toEqual(['a'])
  scene.tell({ kind: 'setTerms', terms: someTerms({ grants: [ON_DEMAND] }) })
  expect(scene.running()).toEqual(['a'])
})

test('a restored allocator knows what was spent, in this interval and before', () => {
  const scene = aLab([aBudget('agents', { minutes: 60, units: 99, tenant: 'agents' })])
  submit(scene, 'a')
  scene.pass(90)
  scene.tell({ kind: 'wake' })
  const restored = restoreSnapshot(JSON.parse(JSON.stringify(takeSnapshot(scene.allocator.state))))
  const meter = restored.ok ? restored.value.money?.budgets.meters.get('agents') : undefined
  expect(meter?.past.get(instant(0))).toBe(BigInt(16 * 1_000_000 * HOUR_MS))
  if (restored.ok) new Allocator(undefined, restored.value).apply({ kind: 'wake' }, scene.now)
  expect(meter?.spent).toBe(scene.allocator.state.money?.budgets.meters.get('agents')?.spent)
})

test.each<[string, Budget]>([
  [
    'a sum that is none',
    {
      ...aBudget('b', { minutes: 1, units: 1 }),
      intervals: [{ start: instant(0), until: instant(MINUTE_MS), micros: '-1' }],
    },
  ],
  [
    'intervals that overlap',
    {
      ...aBudget('b', { minutes: 1, units: 1 }),
      intervals: [...aBudget('b', { minutes: 1, units: 1 }).intervals].reverse(),
    },
  ],
])('a budget with %s is refused', (_, bad) => {
  const scene = aLab([])
  expect(refusal(scene.tell({ kind: 'setTerms', terms: someTerms({ budgets: [bad] }) }))).toBe('malformed')
})

test('two budgets of one name are refused', () => {
  const twice = [aBudget('b', { minutes: 1, units: 1 }), aBudget('b', { minutes: 1, units: 1 })]
  expect(refusal(aLab([]).tell({ kind: 'setTerms', terms: someTerms({ budgets: twice }) }))).toBe('malformed')
})

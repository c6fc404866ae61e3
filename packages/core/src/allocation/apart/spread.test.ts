import { describe, expect, test } from 'vitest'
import type { SpreadRule } from '../../demand/spread-rule.ts'
import { aGang } from '../../testing/gang.ts'
import { aPool, aTenant, domains, refusal, Scene } from '../../testing/scene.ts'
import { EtaForecaster } from '../explain/eta-forecaster.ts'
import { explainGang } from '../explain/explain.ts'
import { SRTF } from '../policies/srtf.ts'

const HALF: SpreadRule = { group: 'chat', over: 'provider', atMost: 0.5 }
const TWO: SpreadRule = { group: 'chat', over: 'provider', distinct: 2 }

function twoProviders(): Scene {
  return new Scene({ pools: { north: { nodes: [domains(1)] }, south: { nodes: [domains(1)] } } })
}

function poolsOf(scene: Scene, ids: readonly string[]): (string | undefined)[] {
  return ids.map((id) => Object.keys(scene.seats(id))[0]?.split('#')[0])
}

describe('a share at most', () => {
  test('keeps a group from filling the pool that is liked best', () => {
    const scene = twoProviders()
    for (const id of ['a', 'b', 'c', 'd']) scene.submit(id, { spread: HALF })
    expect(poolsOf(scene, ['a', 'b', 'c', 'd'])).toEqual(['north', 'south', 'north', 'south'])
  })

  test('is rounded up to a whole gang, so that one alone may start', () => {
    const scene = twoProviders()
    scene.submit('a', { spread: { ...HALF, atMost: 0.1 } })
    expect(scene.running()).toEqual(['a'])
  })

  test('lets a gang wait though there is room, and says so', () => {
    const scene = new Scene({ pools: { north: { nodes: [domains(1)] } } })
    for (const id of ['a', 'b']) scene.submit(id, { spread: HALF })
    expect(scene.running()).toEqual(['a'])
    scene.submit('other')
    expect(scene.running()).toEqual(['a', 'other'])
    const answer = explainGang(scene.allocator, new EtaForecaster(scene.allocator, 1), 'b', scene.now)
    expect(answer).toMatchObject({
      pools: [{ poolId: 'north', cause: { kind: 'spread', over: 'provider' } }],
    })
  })

  test('counts those that wait too, so that more of a growing group may sit together', () => {
    const scene = new Scene({ pools: { north: { nodes: [domains(1)] } } })
    for (const id of ['a', 'b', 'c']) scene.submit(id, { spread: HALF })
    expect(scene.running()).toEqual(['a', 'b'])
  })

  test('holds where a lost part starts again: what no longer fits apart waits', () => {
    const scene = twoProviders()
    for (const id of ['a', 'b', 'c', 'd']) scene.submit(id, { spread: HALF })
    scene.tell({ kind: 'beginOutage', outageId: 'o', of: { kind: 'provider', provider: 'south' } })
    expect(scene.running()).toEqual(['a', 'c'])
    scene.tell({ kind: 'endOutage', outageId: 'o' })
    expect(scene.running()).toEqual(['a', 'b', 'c', 'd'])
  })

  test('holds for what an owner asks back, room that is kept included', () => {
    const tenants = [aTenant('owner', { north: 8, south: 8 }), aTenant('borrower', {})]
    const pools = { north: { nodes: [domains(1)] }, south: { nodes: [domains(1)] } }
    const scene = new Scene({ pools, tenants, noticeMinutes: 10 })
    for (const id of ['x', 'y']) scene.submit(id, { tenant: 'borrower', each: 8 })
    for (const id of ['a', 'b']) scene.submit(id, { tenant: 'owner', spread: HALF })
    scene.pass(10)
    expect(poolsOf(scene, ['a', 'b']).sort()).toEqual(['north', 'south'])
  })

  test('holds where others are stopped by rank', () => {
    const pools = { north: { nodes: [domains(1)] }, south: { nodes: [domains(1)] } }
    const scene = new Scene({ pools, policy: SRTF })
    for (const id of ['x', 'y']) scene.submit(id, { each: 8, limitMinutes: 90 })
    for (const id of ['a', 'b']) scene.submit(id, { spread: HALF, limitMinutes: 10 })
    expect(new Set(poolsOf(scene, ['a', 'b']))).toEqual(new Set(['north', 'south']))
  })
})

describe('at least so many', () => {
  test('are used as soon as the group has so many gangs, the first one anywhere', () => {
    const scene = twoProviders()
    for (const id of ['a', 'b', 'c']) scene.submit(id, { spread: TWO })
    expect(poolsOf(scene, ['a', 'b', 'c'])).toEqual(['north', 'south', 'north'])
  })

  test('keep a gang waiting that would be the last to open another one', () => {
    const scene = new Scene({ pools: { north: { nodes: [domains(1)] } } })
    for (const id of ['a', 'b']) scene.submit(id, { spread: TWO })
    expect(scene.running()).toEqual(['a'])
    scene.finish('a')
    expect(scene.running()).toEqual(['b'])
  })
})

describe('domains', () => {
  test('are left that hold as much as they may, for the next that fits', () => {
    const spread = { ...HALF, over: 'domain', atMost: 0.3 } as const
    const scene = aPool([domains(3)])
    for (const id of ['a', 'b', 'c']) scene.submit(id, { spread })
    expect(['a', 'b', 'c'].flatMap((id) => scene.nodes(id)).sort()).toEqual([0, 1, 2])
  })

  test('count a gang in each domain that it sits in', () => {
    const spread = { ...HALF, over: 'domain', atMost: 0.5 } as const
    const scene = aPool([domains(3)])
    scene.submit('wide', { members: 2, each: 8, spread })
    scene.submit('next', { members: 2, each: 8, spread })
    expect(scene.running()).toEqual(['wide'])
  })

  test('promise no place to a gang that they keep waiting', () => {
    const spread = { ...HALF, over: 'domain' } as const
    const scene = aPool([domains(1)])
    scene.submit('a', { spread, limitMinutes: 60 })
    scene.submit('b', { spread })
    scene.submit('long', { each: 7 })
    expect(scene.running()).toEqual(['a', 'long'])
  })
})

test('gangs of other groups, and those that need not keep apart, are not counted', () => {
  const scene = new Scene({ pools: { north: { nodes: [domains(1)] } } })
  scene.submit('a', { spread: HALF })
  scene.submit('b', { spread: { ...HALF, group: 'images' } })
  scene.submit('c')
  expect(scene.running()).toEqual(['a', 'b', 'c'])
})

test.each<[string, SpreadRule]>([
  ['a share of nothing', { ...HALF, atMost: 0 }],
  ['more than all', { ...HALF, atMost: 1.1 }],
  ['no share at all', { group: 'chat', over: 'pool' }],
  ['both limits', { ...HALF, distinct: 2 }],
  ['half a provider', { ...TWO, distinct: 1.5 }],
])('%s is refused', (_, spread) => {
  const scene = twoProviders()
  expect(refusal(scene.submitGang(aGang('a', { spread })))).toBe('malformed')
  expect(scene.waiting()).toEqual([])
})

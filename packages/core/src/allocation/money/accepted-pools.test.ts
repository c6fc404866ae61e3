import { expect, test } from 'vitest'
import { instant, MINUTE_MS } from '../../base/instant.ts'
import type { Spending } from '../../demand/spending.ts'
import { aGang, type GangLike } from '../../testing/gang.ts'
import { domains, refusal, Scene } from '../../testing/scene.ts'
import { aGrant, aTake, someTerms } from '../../testing/terms.ts'
import { SRTF } from '../policies/srtf.ts'
import type { Terms } from './terms.ts'

type Speeds = Readonly<Record<string, number>>

const POOLS = {
  dear: { nodes: [domains(2)], hardware: 'fast' },
  cheap: { nodes: [domains(2)], hardware: 'slow' },
}

function aMarket(terms: Partial<Terms>): Scene {
  const scene = new Scene({ pools: POOLS })
  scene.tell({ kind: 'setTerms', terms: someTerms(terms) })
  return scene
}

function submit(
  scene: Scene,
  id: string,
  spending: Spending,
  like: GangLike = {},
  speeds: Speeds = { fast: 1, slow: 1 },
) {
  const gang = aGang(id, { members: 8, limitMinutes: 60, ...like })
  const accepts = Object.entries(speeds).map(([hardware, speed]) => ({ hardware, speed }))
  return scene.submitGang({ ...gang, spending, roles: gang.roles.map((role) => ({ ...role, accepts })) })
}

function poolOf(scene: Scene, id: string): string | undefined {
  return scene.allocator.state.gangs.get(id)?.parts[0]?.poolId
}

const TWO_PRICES = {
  grants: [
    aGrant('d', { poolId: 'dear', price: 3, accelerators: 16 }),
    aGrant('c', { poolId: 'cheap', accelerators: 16 }),
  ],
}

test('a gang that prefers the cheapest starts where its work costs least, another one where it likes to', () => {
  const scene = aMarket(TWO_PRICES)
  submit(scene, 'cheapest', { prefers: 'cheapest' })
  submit(scene, 'any', {})
  expect([poolOf(scene, 'cheapest'), poolOf(scene, 'any')]).toEqual(['cheap', 'dear'])
})

test('what counts is the price of work: twice the speed at half as much again is cheaper', () => {
  const scene = aMarket(TWO_PRICES)
  submit(scene, 'j', { prefers: 'cheapest' }, {}, { fast: 2, slow: 1 })
  expect(poolOf(scene, 'j')).toBe('dear')
})

test('at the same price the one that it likes better goes first', () => {
  const scene = aMarket({ grants: [] })
  submit(scene, 'j', { prefers: 'cheapest' })
  expect(poolOf(scene, 'j')).toBe('dear')
})

test('committed capacity costs nothing until its take is used up, then its price', () => {
  const scene = aMarket({
    grants: [
      aGrant('d', { poolId: 'dear', price: 3, accelerators: 16, takeId: 't' }),
      aGrant('c', { poolId: 'cheap', price: 2, accelerators: 16, order: 'onDemand' }),
    ],
    takes: [aTake('t', { minutes: 180, owed: 8 * 3 })],
  })
  submit(scene, 'before', { prefers: 'cheapest' })
  scene.pass(60)
  submit(scene, 'after', { prefers: 'cheapest' })
  expect([poolOf(scene, 'before'), poolOf(scene, 'after')]).toEqual(['dear', 'cheap'])
  expect(scene.events('termsTurned')).toHaveLength(1)
})

test('bringing the data costs once per start, so it decides for a short gang and not for a long one', () => {
  const data = { gb: 100, provider: 'dear', region: 'r' }
  const egress = [{ provider: 'dear', toRegionMicrosPerGb: 0, toProviderMicrosPerGb: 90_000 }]
  const scene = aMarket({ ...TWO_PRICES, egress })
  submit(scene, 'short', { prefers: 'cheapest', data })
  submit(scene, 'long', { prefers: 'cheapest', data }, { limitMinutes: 120 })
  expect([poolOf(scene, 'short'), poolOf(scene, 'long')]).toEqual(['dear', 'cheap'])
})

test('one that was stopped brings its data once more, if what is left to do is worth that', () => {
  const data = { gb: 100, provider: 'away', region: 'r' }
  const egress = [{ provider: 'away', toRegionMicrosPerGb: 0, toProviderMicrosPerGb: 50_000 }]
  const runsAgainAfter = (minutes: number): boolean => {
    const scene = aMarket({ egress })
    // An hour of its work is worth 8, bringing its data costs 5.
    submit(scene, 'j', { maxMicrosPerHour: 1_000_000, data }, { checkpointMinutes: 15 }, { fast: 1 })
    scene.pass(minutes)
    scene.failNode(0, 'dear')
    expect(scene.evicted()).toEqual(['j'])
    return scene.running().includes('j')
  }
  expect([runsAgainAfter(15), runsAgainAfter(30)]).toEqual([true, false])
})

test('above its price a gang waits, though there is room, and stands in nobody’s way', () => {
  const scene = aMarket({ grants: [aGrant('d', { poolId: 'dear', price: 3, accelerators: 16 })] })
  submit(scene, 'busy', {}, { members: 4 }, { fast: 1 })
  submit(scene, 'bound', { maxMicrosPerHour: 2_999_999 }, {}, { fast: 1 })
  submit(scene, 'other', {}, { members: 12, limitMinutes: 600 }, { fast: 1 })
  expect([scene.waiting(), scene.running()]).toEqual([['bound'], ['busy', 'other']])
})

test('it starts as soon as a price falls to what it may pay', () => {
  const prices = [
    { from: instant(0), microsPerHour: 3_000_000 },
    { from: instant(45 * MINUTE_MS), microsPerHour: 2_000_000 },
  ]
  const scene = aMarket({ grants: [aGrant('c', { poolId: 'cheap', prices, accelerators: 16 })] })
  submit(scene, 'j', { maxMicrosPerHour: 2_000_000 }, {}, { slow: 1 })
  scene.pass(60)
  expect(scene.startedAt('j')).toBe(45)
})

test('one that may wait holds out for what costs nothing more, and pays once its time is over', () => {
  const scene = aMarket({ grants: [aGrant('d', { poolId: 'dear', accelerators: 16 })] })
  submit(scene, 'j', { mayWaitMs: 30 * MINUTE_MS }, {}, { fast: 1 })
  scene.pass(60)
  expect(scene.startedAt('j')).toBe(30)
})

test('spot capacity is cheaper only as far as what it loses is', () => {
  const spot = (lossesPerNodeHour: number) => ({
    grants: [
      aGrant('d', { poolId: 'dear', price: 3, accelerators: 16 }),
      aGrant('s', { poolId: 'cheap', price: 2, accelerators: 16, order: 'spot' as const, lossesPerNodeHour }),
    ],
  })
  const placed = (losses: number, like: GangLike): string | undefined => {
    const scene = aMarket(spot(losses))
    submit(scene, 'j', { prefers: 'cheapest' }, { limitMinutes: 600, ...like })
    return poolOf(scene, 'j')
  }
  expect(placed(0.1, { checkpointMinutes: 30, restartMinutes: 5 })).toBe('cheap')
  expect(placed(0.1, {})).toBe('dear')
  expect(placed(0.8, { checkpointMinutes: 30, restartMinutes: 5 })).toBe('cheap')
  expect(placed(0.8, { checkpointMinutes: 60, restartMinutes: 5 })).toBe('dear')
})

test('who does not accept spot capacity never sits on it', () => {
  const scene = aMarket({
    grants: [aGrant('s', { poolId: 'cheap', order: 'spot', price: 0, accelerators: 16 })],
  })
  submit(scene, 'j', { onSpot: false }, {}, { slow: 1 })
  scene.pass(60)
  expect(scene.waiting()).toEqual(['j'])
})

test('where others are stopped to make room, what counts is the price once they are gone', () => {
  const scene = new Scene({ policy: SRTF, pools: { dear: { nodes: [domains(1)], hardware: 'fast' } } })
  const grants = [aGrant('d', { poolId: 'dear', price: 3, accelerators: 8 })]
  scene.tell({ kind: 'setTerms', terms: someTerms({ grants }) })
  scene.submit('long', { members: 8, limitMinutes: 600, accepts: ['fast'] })
  submit(scene, 'short', { maxMicrosPerHour: 2_000_000 }, { limitMinutes: 10 }, { fast: 1 })
  expect(scene.running()).toEqual(['long'])
})

test.each<[string, Spending]>([
  ['a price below nothing', { maxMicrosPerHour: -1 }],
  ['a wait that is no whole number', { mayWaitMs: 0.5 }],
  ['data below nothing', { data: { gb: -1, provider: 'dear', region: 'r' } }],
])('a gang with %s is refused', (_, spending) => {
  expect(refusal(submit(aMarket({}), 'j', spending))).toBe('malformed')
})

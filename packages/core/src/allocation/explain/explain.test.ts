import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../../base/instant.ts'
import { aRole, required } from '../../testing/gang.ts'
import { aPool, aTenant, domains, Scene } from '../../testing/scene.ts'
import { FIFO } from '../policies/fifo.ts'
import { SRTF } from '../policies/srtf.ts'
import { takeSnapshot } from '../snapshot.ts'
import { EtaForecaster } from './eta-forecaster.ts'
import { explainGang, type Waiting } from './explain.ts'
import type { Change, Offer } from './offer.ts'

function explain(scene: Scene, gangId: string) {
  return explainGang(scene.allocator, new EtaForecaster(scene.allocator, 1), gangId, scene.now)
}

function waiting(scene: Scene, gangId: string): Waiting {
  const explanation = explain(scene, gangId)
  return explanation.kind === 'waiting' ? explanation : expect.fail(`${gangId} is ${explanation.kind}`)
}

function causes(scene: Scene, gangId: string) {
  return waiting(scene, gangId).pools.map(({ cause }) => cause)
}

function changes(scene: Scene, gangId: string): Change[] {
  return waiting(scene, gangId).offers.map(({ change }) => change)
}

test('a gang that was never submitted is unknown, one that ended has ended, one that runs says where, since when and until when', () => {
  const scene = aPool([domains(2)])
  scene.submit('over')
  scene.finish('over')
  scene.pass(5)
  scene.submit('on', { members: 2, limitMinutes: 60 })
  expect(explain(scene, 'nobody')).toEqual({ kind: 'unknown' })
  expect(explain(scene, 'over')).toEqual({ kind: 'ended' })
  expect(explain(scene, 'on')).toMatchObject({
    kind: 'running',
    since: 5 * MINUTE_MS,
    until: 65 * MINUTE_MS,
    hasLimit: true,
    parts: [{ poolId: 'main' }],
  })
})

test('where too few accelerators are free it is told how many, who holds the place, until when, and what fits', () => {
  const scene = aPool([domains(2)])
  scene.submit('a', { members: 8, limitMinutes: 30 })
  scene.submit('b', { members: 6, limitMinutes: 60 })
  scene.submit('late', { members: 12, limitMinutes: 60 })
  expect(causes(scene, 'late')).toEqual([{ kind: 'noRoom', free: 2, needed: 12 }])
  expect(waiting(scene, 'late')).toMatchObject({
    isPromised: true,
    eta: { at: HOUR_MS },
    holders: [
      { gangId: 'a', accelerators: 8, until: HOUR_MS / 2 },
      { gangId: 'b', accelerators: 6, until: HOUR_MS },
    ],
  })
  expect(changes(scene, 'late')).toEqual([{ kind: 'accelerators', accelerators: 2 }])
})

test('where enough is free, but too little on any node, the room is in pieces', () => {
  const scene = aPool([domains(2)])
  for (const id of ['a', 'b']) scene.submit(id, { each: 5, limitMinutes: 60 })
  scene.submit('whole', { each: 6 })
  expect(causes(scene, 'whole')).toEqual([{ kind: 'roomInPieces', free: 6, needed: 6 }])
  expect(changes(scene, 'whole')).toEqual([{ kind: 'accelerators', accelerators: 3 }])
})

test('where there is room, but not so close together, a wider topology is offered first', () => {
  const scene = aPool([domains(2)])
  for (const id of ['a', 'b']) scene.submit(id, { each: 5, limitMinutes: 60 })
  scene.submit('close', { members: 6, within: required('domain') })
  expect(causes(scene, 'close')).toEqual([{ kind: 'topology', level: 'domain' }])
  expect(changes(scene, 'close')[0]).toEqual({ kind: 'topology', level: 'block' })
})

test('where the rest may not be borrowed it is the quota, and the quota that would do is offered', () => {
  const scene = aPool([domains(2)], { tenants: [aTenant('us', 4, { borrowLimit: 0 }), aTenant('them', 8)] })
  scene.submit('ours', { tenant: 'us', members: 6 })
  expect(causes(scene, 'ours')).toEqual([{ kind: 'quota', tenant: 'us', ownRoom: 4, needed: 6 }])
  expect(changes(scene, 'ours')).toEqual([
    { kind: 'accelerators', accelerators: 4 },
    { kind: 'quota', tenant: 'us', poolId: 'main', accelerators: 6 },
  ])
})

function aHeadThatWaits(priority = 0) {
  const scene = aPool([domains(2)])
  scene.submit('running', { members: 10, limitMinutes: 60 })
  scene.submit('head', { members: 12, limitMinutes: 60, priority })
  scene.submit('behind', { members: 6, limitMinutes: 90 })
  return scene
}

test('room that is promised says to whom and from when, and the limit that would pass is offered', () => {
  const scene = aHeadThatWaits()
  expect(causes(scene, 'behind')).toEqual([{ kind: 'promised', toGangId: 'head', start: HOUR_MS }])
  expect(waiting(scene, 'behind').isPromised).toBe(false)
  expect(changes(scene, 'behind')).toEqual([
    { kind: 'limit', limitMs: HOUR_MS },
    { kind: 'accelerators', accelerators: 4 },
    { kind: 'priority', priority: 1 },
  ])
})

test('room that is promised to one of a higher priority waits for that priority', () => {
  expect(causes(aHeadThatWaits(5), 'behind')).toEqual([{ kind: 'priority', ofGangId: 'head' }])
})

test('where nobody may pass, it is told whom', () => {
  const scene = aPool([domains(2)], { policy: FIFO })
  scene.submit('running', { members: 10, limitMinutes: 60 })
  scene.submit('head', { members: 12, limitMinutes: 60 })
  scene.submit('behind', { members: 6 })
  expect(causes(scene, 'behind')).toEqual([{ kind: 'blocked', byGangId: 'head' }])
})

test('another pool is offered where it has room', () => {
  const pools = { main: { nodes: [domains(1)] }, other: { nodes: [domains(1)], hardware: 'other' } }
  const scene = new Scene({ pools })
  scene.submit('running', { members: 8, limitMinutes: 60 })
  scene.submit('late', { members: 8 })
  expect(changes(scene, 'late')).toEqual([{ kind: 'pool', poolId: 'other', hardware: 'other' }])
})

test('one that would not fit an empty fleet is told so, and has no ETA', () => {
  const scene = aPool([domains(2)])
  scene.submit('huge', { members: 17 })
  expect(causes(scene, 'huge')).toEqual([{ kind: 'neverFits' }])
  expect(waiting(scene, 'huge').eta).toBeUndefined()
})

test('an owner for whom room is kept is told by when it is handed over', () => {
  const scene = aPool([domains(2)], { tenants: [aTenant('us', 16), aTenant('them', 0)], noticeMinutes: 10 })
  scene.submit('borrower', { tenant: 'them', members: 16 })
  scene.submit('owner', { tenant: 'us', members: 16 })
  expect(causes(scene, 'owner')).toEqual([{ kind: 'handOver', by: 10 * MINUTE_MS }])
  expect(waiting(scene, 'owner').eta?.at).toBe(10 * MINUTE_MS)
})

test('where only a window is in the way it is told whose and until when, and what would have left it in time is offered', () => {
  const scene = aPool([domains(2)], { noticeMinutes: 10, tenants: [aTenant('us', 16), aTenant('them', 0)] })
  scene.book('night', { members: 2 })
  scene.submit('fixed', { tenant: 'them', each: 8, limitMinutes: 90, reclaimable: false })
  expect(causes(scene, 'fixed')).toEqual([
    { kind: 'window', windowId: 'night', tenant: 'us', start: HOUR_MS, until: 2 * HOUR_MS },
  ])
  expect(waiting(scene, 'fixed').eta?.at).toBe(2 * HOUR_MS)
  expect(changes(scene, 'fixed').slice(0, 2)).toEqual([
    { kind: 'limit', limitMs: HOUR_MS },
    { kind: 'reclaimable' },
  ])
})

test('one that names a window is told when it opens, or that it is full', () => {
  const scene = aPool([domains(2)], { tenants: [aTenant('us', 16)] })
  scene.book('night', { isFor: 'named' })
  for (const id of ['a', 'b']) scene.submit(id, { tenant: 'us', each: 8, limitMinutes: 30, window: 'night' })
  expect(causes(scene, 'a')).toEqual([{ kind: 'ownWindow', windowId: 'night', start: HOUR_MS }])
  expect(waiting(scene, 'a').eta?.at).toBe(HOUR_MS)
  expect(changes(scene, 'a')).toContainEqual({ kind: 'withoutWindow', windowId: 'night' })
  scene.pass(60)
  expect(causes(scene, 'b')).toEqual([{ kind: 'ownWindowFull', windowId: 'night', until: 2 * HOUR_MS }])
  expect(waiting(scene, 'b').eta?.at).toBe(1.5 * HOUR_MS)
})

test('where others are stopped by rank it is told who goes before it, and the limit that would go first is offered', () => {
  const scene = aPool([domains(2)], { policy: SRTF })
  scene.submit('a', { each: 8, limitMinutes: 60 })
  scene.submit('b', { each: 8, limitMinutes: 90 })
  scene.submit('late', { each: 8, limitMinutes: 100 })
  expect(causes(scene, 'late')).toEqual([{ kind: 'rank', ofGangId: 'b', accelerators: 16 }])
  expect(waiting(scene, 'late').eta?.at).toBe(HOUR_MS)
  expect(changes(scene, 'late')[0]).toEqual({ kind: 'limit', limitMs: 89 * MINUTE_MS })
})

const anyGang = fc.record({
  members: fc.integer({ min: 1, max: 12 }),
  each: fc.constantFrom(1, 1, 2, 4),
  within: fc.constantFrom(required('pool'), required('domain'), required('node')),
  limitMinutes: fc.integer({ min: 1, max: 300 }),
  priority: fc.integer({ min: 0, max: 2 }),
  tenant: fc.constantFrom('us', 'them'),
})

function aDrawnScene(
  gangs: readonly (typeof anyGang extends fc.Arbitrary<infer Value> ? Value : never)[],
  owns: boolean,
): Scene {
  const tenants = owns ? [aTenant('us', 6, { borrowLimit: 4 }), aTenant('them', 8)] : []
  const scene = aPool([domains(3, { nodesPerDomain: 2, acceleratorsPerNode: 4 })], {
    tenants,
    noticeMinutes: 5,
  })
  for (const [n, like] of gangs.entries()) {
    const { members, each, within } = like
    scene.submit(`g${n}`, { ...like, roles: [aRole('worker', { members, each, within })] })
    scene.pass(1)
  }
  return scene
}

const SCENES = [fc.array(anyGang, { minLength: 2, maxLength: 10 }), fc.boolean()] as const

test('whatever waits, following any offer starts it now, no ETA lies in the past, and asking twice changes nothing', () => {
  let offered = 0
  fc.assert(
    fc.property(...SCENES, (gangs, owns) => {
      const gangIds = aDrawnScene(gangs, owns).waiting()
      for (const gangId of gangIds) {
        const scene = aDrawnScene(gangs, owns)
        const before = JSON.stringify(takeSnapshot(scene.allocator.state))
        const answer = waiting(scene, gangId)
        expect(waiting(scene, gangId)).toEqual(answer)
        expect(JSON.stringify(takeSnapshot(scene.allocator.state))).toBe(before)
        expect(answer.eta?.at ?? scene.now).toBeGreaterThanOrEqual(scene.now)
        for (const offer of answer.offers) {
          offered += 1
          expect(follow(aDrawnScene(gangs, owns), gangId, offer)).toBe(true)
        }
      }
    }),
    { numRuns: 15 },
  )
  expect(offered).toBeGreaterThan(10)
})

function follow(scene: Scene, gangId: string, offer: Offer): boolean {
  if ('tenants' in offer) {
    scene.setTenants(offer.tenants, 5)
    return scene.running().includes(gangId)
  }
  if ('terms' in offer) {
    scene.tell({ kind: 'setTerms', terms: offer.terms })
    return scene.running().includes(gangId)
  }
  scene.cancel(gangId)
  scene.submitGang(offer.resubmit)
  return scene.running().includes(offer.resubmit.id)
}

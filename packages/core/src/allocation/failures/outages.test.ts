import { describe, expect, test } from 'vitest'
import { type Instant, MINUTE_MS } from '../../base/instant.ts'
import type { OutageScope } from '../../capacity/outage-scope.ts'
import { aRole } from '../../testing/gang.ts'
import { aPool, aTenant, domains, refusal, Scene } from '../../testing/scene.ts'
import type { Command } from '../commands.ts'
import { EtaForecaster } from '../explain/eta-forecaster.ts'
import { explainGang } from '../explain/explain.ts'
import { takeSnapshot } from '../snapshot.ts'

function begin(scene: Scene, outageId: string, of: OutageScope) {
  return scene.tell({ kind: 'beginOutage', outageId, of })
}

function drain(scene: Scene, outageId: string, of: OutageScope, minute: number) {
  return scene.tell({ kind: 'drain', outageId, of, by: (minute * MINUTE_MS) as Instant })
}

function end(scene: Scene, outageId: string) {
  return scene.tell({ kind: 'endOutage', outageId })
}

const MAIN: OutageScope = { kind: 'pool', poolId: 'main' }
const FIRST_DOMAIN: OutageScope = { kind: 'domain', poolId: 'main', domain: 0 }

describe('an outage', () => {
  test('of a domain stops all that sit in it, in one step, and nobody else', () => {
    const scene = aPool([domains(2, { nodesPerDomain: 2 })])
    for (const id of ['a', 'b', 'c', 'd']) scene.submit(id, { each: 8 })
    begin(scene, 'rack', FIRST_DOMAIN)
    expect(scene.evicted()).toEqual(['a', 'b'])
    expect(scene.events('evicted').map(({ because }) => because)).toEqual(['outage', 'outage'])
    expect(scene.running()).toEqual(['c', 'd'])
  })

  test('of a provider stops what runs in each of its pools, and a gang that sits in two of them once', () => {
    const scene = new Scene({ pools: { north: { nodes: [domains(1)] }, south: { nodes: [domains(1)] } } })
    scene.submit('in the north', { each: 8 })
    scene.submit('in the south', { each: 8 })
    begin(scene, 'north', { kind: 'provider', provider: 'north' })
    expect(scene.running()).toEqual(['in the south'])
  })

  test('lets those start first again that rank first, wherever they sat', () => {
    const scene = aPool([domains(3)])
    scene.submit('low', { each: 8, priority: 1 })
    scene.submit('high', { each: 8, priority: 2 })
    scene.submit('middle', { each: 8 })
    begin(scene, 'two nodes', { kind: 'nodes', poolId: 'main', firstNode: 0, nodes: 2 })
    expect(scene.evicted()).toEqual(['high', 'low'])
    scene.finish('middle')
    expect(scene.running()).toEqual(['high'])
  })

  test('lets an owner start again before those who borrow', () => {
    const tenants = [aTenant('owner', 8), aTenant('borrower', 0)]
    const scene = aPool([domains(3)], { tenants })
    scene.submit('borrowed', { tenant: 'borrower', each: 8, reclaimable: false })
    scene.submit('owned', { tenant: 'owner', each: 8 })
    scene.submit('borrowed too', { tenant: 'borrower', each: 8, reclaimable: false })
    begin(scene, 'two nodes', { kind: 'nodes', poolId: 'main', firstNode: 0, nodes: 2 })
    scene.finish('borrowed too')
    expect(scene.running()).toEqual(['owned'])
  })

  test('takes the cores of a whole pool along', () => {
    const scene = aPool([domains(1)], { cpuCores: 4 })
    scene.submit('cores', { roles: [aRole('sandbox', { each: 0, cpuCores: 4 })] })
    begin(scene, 'all', MAIN)
    expect(scene.running()).toEqual([])
    end(scene, 'all')
    expect(scene.running()).toEqual(['cores'])
  })

  test('covers nodes that come while it holds', () => {
    const scene = aPool([domains(1)])
    begin(scene, 'all', MAIN)
    scene.submit('gang')
    expect(scene.tell({ kind: 'addNodes', poolId: 'main', nodes: [domains(1)] })).toMatchObject([
      { kind: 'nodesAdded', areOut: true },
    ])
    expect(scene.running()).toEqual([])
    expect(end(scene, 'all')[0]).toMatchObject({ nodes: [{ poolId: 'main', first: 0, nodes: 2 }] })
    expect(scene.running()).toEqual(['gang'])
  })

  test('that ends leaves those out that another covers, or that failed by themselves', () => {
    const scene = aPool([domains(3)])
    scene.failNode(0)
    begin(scene, 'all', MAIN)
    begin(scene, 'one', { kind: 'nodes', poolId: 'main', firstNode: 1, nodes: 1 })
    expect(end(scene, 'all')).toMatchObject([{ nodes: [{ first: 2, nodes: 1 }] }])
    expect(end(scene, 'one')).toMatchObject([{ nodes: [{ first: 1, nodes: 1 }] }])
    expect(scene.returnNode(0)).toEqual([{ kind: 'nodeReturned', at: 0, poolId: 'main', node: 0 }])
  })

  test('keeps a node out that is repaired while it holds', () => {
    const scene = aPool([domains(1)])
    scene.failNode(0)
    begin(scene, 'all', MAIN)
    expect(scene.returnNode(0)).toMatchObject([{ kind: 'nodeReturned', staysOut: true }])
    scene.submit('gang')
    expect(scene.running()).toEqual([])
    end(scene, 'all')
    expect(scene.running()).toEqual(['gang'])
  })

  test('drops what an owner asked back there, and lets those stay who were asked', () => {
    const tenants = [aTenant('owner', 16), aTenant('borrower', 0)]
    const scene = aPool([domains(2)], { tenants, noticeMinutes: 30 })
    scene.submit('borrowed', { tenant: 'borrower', each: 8 })
    scene.submit('whole', { tenant: 'owner', members: 2, each: 8 })
    expect(scene.asked()).toEqual(['borrowed'])
    begin(scene, 'other node', { kind: 'nodes', poolId: 'main', firstNode: 1, nodes: 1 })
    expect(scene.events('reclaimDropped')).toMatchObject([{ gangId: 'borrowed' }])
    scene.pass(60)
    expect(scene.running()).toEqual(['borrowed'])
  })
})

describe('a drain', () => {
  test('lets those stay that end in time, tells the others, and stops them when it is due', () => {
    const scene = aPool([domains(2)])
    scene.submit('short', { each: 4, limitMinutes: 60 })
    scene.submit('long', { each: 4, limitMinutes: 61, checkpointMinutes: 50 })
    drain(scene, 'works', { kind: 'nodes', poolId: 'main', firstNode: 0, nodes: 1 }, 60)
    expect(scene.events('leaveAsked')).toMatchObject([{ gangId: 'long', by: 60 * MINUTE_MS }])
    scene.pass(59)
    expect(scene.running()).toEqual(['long', 'short'])
    scene.pass(1)
    expect(scene.events('evicted')).toMatchObject([
      { gangId: 'short', because: 'drained' },
      { gangId: 'long', because: 'drained', keptMs: 50 * MINUTE_MS, lostMs: 10 * MINUTE_MS },
    ])
    expect(scene.nodes('long')).toEqual([1])
  })

  test('takes new gangs that end in time by their limits, and no others', () => {
    const scene = aPool([domains(1)])
    drain(scene, 'works', MAIN, 60)
    scene.submit('for ever', { each: 1 })
    scene.submit('too long', { each: 1, limitMinutes: 61 })
    scene.submit('short', { each: 1, limitMinutes: 60 })
    expect(scene.running()).toEqual(['short'])
    scene.pass(1)
    scene.submit('as long', { each: 1, limitMinutes: 60 })
    expect(scene.running()).toEqual(['short'])
  })

  test('keeps cores as it keeps nodes', () => {
    const scene = aPool([domains(1)], { cpuCores: 8 })
    const roles = [aRole('sandbox', { each: 0, cpuCores: 4 })]
    scene.submit('before', { roles })
    drain(scene, 'works', MAIN, 60)
    scene.submit('too long', { roles, limitMinutes: 90 })
    scene.submit('short', { roles, limitMinutes: 30 })
    expect(scene.running()).toEqual(['before', 'short'])
    scene.pass(60)
    expect(scene.running()).toEqual([])
  })

  test('that is taken back leaves all as it was', () => {
    const scene = aPool([domains(1)])
    scene.submit('gang', { each: 4 })
    const before = JSON.stringify(takeSnapshot(scene.allocator.state))
    drain(scene, 'works', MAIN, 60)
    expect(end(scene, 'works')).toEqual([{ kind: 'outageEnded', at: 0, outageId: 'works', nodes: [] }])
    expect(JSON.stringify(takeSnapshot(scene.allocator.state))).toBe(before)
    scene.submit('next', { each: 4 })
    scene.pass(90)
    expect(scene.running()).toEqual(['gang', 'next'])
  })

  test('is named as the cause where nothing else keeps a gang waiting', () => {
    const scene = aPool([domains(2)])
    scene.submit('on the other', { each: 8, limitMinutes: 60 })
    drain(scene, 'works', { kind: 'nodes', poolId: 'main', firstNode: 1, nodes: 1 }, 30)
    scene.submit('too long', { each: 8, limitMinutes: 40 })
    const answer = explainGang(scene.allocator, new EtaForecaster(scene.allocator, 1), 'too long', scene.now)
    expect(answer).toMatchObject({ pools: [{ cause: { kind: 'draining', by: 30 * MINUTE_MS } }] })
    scene.submit('larger than all', { members: 2, each: 8, limitMinutes: 40 })
    const other = explainGang(
      scene.allocator,
      new EtaForecaster(scene.allocator, 1),
      'larger than all',
      scene.now,
    )
    expect(other).toMatchObject({ pools: [{ cause: { kind: 'noRoom' } }] })
  })

  test('over another one lets start only what ends before the earlier', () => {
    const scene = aPool([domains(1)])
    drain(scene, 'later', MAIN, 90)
    drain(scene, 'sooner', FIRST_DOMAIN, 30)
    scene.submit('between', { limitMinutes: 60 })
    scene.submit('before', { limitMinutes: 30 })
    expect(scene.running()).toEqual(['before'])
    end(scene, 'sooner')
    expect(scene.running()).toEqual(['before', 'between'])
  })

  test('promises nobody a place on its nodes', () => {
    const scene = aPool([domains(2)])
    scene.submit('on the drained', { each: 8, limitMinutes: 20 })
    scene.submit('on the other', { each: 8, limitMinutes: 60 })
    drain(scene, 'works', { kind: 'nodes', poolId: 'main', firstNode: 0, nodes: 1 }, 30)
    scene.submit('next', { each: 1, members: 8, limitMinutes: 50 })
    expect(scene.allocator.state.poolById.get('main')?.reservation?.opening.start).toBe(60 * MINUTE_MS)
  })
})

const TOLD: Command = { kind: 'beginOutage', outageId: 'known', of: FIRST_DOMAIN }
const soon = MINUTE_MS as Instant

test.each<[string, string, Command]>([
  ['duplicateOutage', 'an outage that is known', TOLD],
  ['duplicateOutage', 'a drain of a known name', { ...TOLD, kind: 'drain', by: soon }],
  ['unknownOutage', 'the end of none', { kind: 'endOutage', outageId: 'none' }],
  ['unknownProvider', 'nobody', beginOf({ kind: 'provider', provider: 'nobody' })],
  ['unknownProvider', 'another region', beginOf({ kind: 'provider', provider: 'main', region: 'x' })],
  ['unknownPool', 'no pool', beginOf({ kind: 'pool', poolId: 'none' })],
  ['unknownDomain', 'no domain', beginOf({ kind: 'domain', poolId: 'main', domain: 1 })],
  ['malformed', 'a domain below 0', beginOf({ kind: 'domain', poolId: 'main', domain: -1 })],
  ['unknownNode', 'nodes beyond', beginOf({ kind: 'nodes', poolId: 'main', firstNode: 0, nodes: 2 })],
  ['malformed', 'no nodes', beginOf({ kind: 'nodes', poolId: 'main', firstNode: 0, nodes: 0 })],
  ['inThePast', 'a drain until now', { ...beginOf(MAIN), kind: 'drain', by: 0 as Instant }],
  ['noticeTooShort', 'a drain too soon', { ...beginOf(MAIN), kind: 'drain', by: soon }],
  ['malformed', 'a drain at no time', { ...beginOf(MAIN), kind: 'drain', by: Number.NaN as Instant }],
])('%s: %s is refused, and all stays as it was', (because, _, command) => {
  const scene = aPool([domains(1)], { tenants: [aTenant('anyone', 8)], noticeMinutes: 5 })
  scene.tell(TOLD)
  const before = JSON.stringify(takeSnapshot(scene.allocator.state))
  expect(refusal(scene.tell(command))).toBe(because)
  expect(JSON.stringify(takeSnapshot(scene.allocator.state))).toBe(before)
})

function beginOf(of: OutageScope) {
  return { kind: 'beginOutage', outageId: 'new', of } as const
}

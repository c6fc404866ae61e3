import { describe, expect, test } from 'vitest'
import { MINUTE_MS } from '../../base/instant.ts'
import type { Upkeep } from '../../capacity/upkeep.ts'
import { aGang, preferred, required } from '../../testing/gang.ts'
import { aTenant, domains, refusal, Scene } from '../../testing/scene.ts'
import { aBudget, aGrant, someTerms } from '../../testing/terms.ts'
import { BALANCED } from '../policies/balanced.ts'
import { FIFO } from '../policies/fifo.ts'

/** One rack of eighteen nodes of four, or as many as said, of which two stand by. */
function racks(count = 1, upkeep: Upkeep = { sparesPerDomain: 2 }, more: object = {}): Scene {
  return new Scene({ pools: { main: { nodes: [domains(count, RACK)], upkeep } }, ...more })
}

const RACK = { nodesPerDomain: 18, acceleratorsPerNode: 4 }
const WHOLE = { members: 16, each: 4, within: required('domain') }

describe('spares', () => {
  test('take no gang while nothing fails', () => {
    const scene = racks()
    scene.submit('too large', { members: 17, each: 4 })
    scene.submit('large', WHOLE)
    scene.submit('small')
    expect(scene.running()).toEqual(['large'])
    expect(Math.max(...scene.nodes('large'))).toBe(15)
  })

  test('step in at once for the node that a gang lost, in the same domain', () => {
    const scene = racks(2)
    scene.submit('large', { ...WHOLE, checkpointMinutes: 10, restartMinutes: 5 })
    scene.submit('next', { ...WHOLE, priority: 9 })
    scene.submit('waits ahead', { ...WHOLE, priority: 9 })
    scene.pass(25)
    expect(scene.failNode(3).map(({ kind }) => kind)).toEqual(['nodeFailed', 'evicted', 'placed'])
    expect(scene.running()).toEqual(['large', 'next'])
    expect(scene.nodes('large')).toEqual([0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16])
    expect(scene.events('evicted')).toMatchObject([{ keptMs: 20 * MINUTE_MS, lostMs: 5 * MINUTE_MS }])
  })

  test('are used up one by one: sixteen good nodes of eighteen still hold the gang, fifteen do not', () => {
    const scene = racks()
    scene.submit('large', WHOLE)
    for (const node of [0, 1]) scene.failNode(node)
    expect(scene.running()).toEqual(['large'])
    scene.failNode(2)
    expect(scene.running()).toEqual([])
    scene.returnNode(0)
    expect(scene.running()).toEqual(['large'])
  })

  test('are made up for by a node that returns, and not by more than were asked for', () => {
    const scene = racks()
    scene.submit('large', WHOLE)
    scene.failNode(5)
    scene.returnNode(5)
    scene.submit('small')
    expect(scene.running()).toEqual(['large'])
    scene.finish('large')
    expect(scene.running()).toEqual(['small'])
  })

  test('go first: one that fails itself stops nobody, and is none any more', () => {
    const scene = racks()
    scene.submit('large', WHOLE)
    scene.failNode(17)
    scene.failNode(3)
    expect(scene.nodes('large')).toContain(16)
    expect(scene.evicted()).toEqual(['large'])
  })

  test('step in for several nodes that go out together', () => {
    const scene = racks()
    scene.submit('large', WHOLE)
    const of = { kind: 'nodes', poolId: 'main', firstNode: 4, nodes: 2 } as const
    scene.tell({ kind: 'beginOutage', outageId: 'switch', of })
    expect(scene.nodes('large')).toEqual([0, 1, 2, 3, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17])
  })

  test('of another domain do not step in', () => {
    const scene = racks(2, { sparesPerDomain: 1 })
    scene.submit('large', { ...WHOLE, members: 17, within: preferred('domain') })
    scene.submit('other', { ...WHOLE, members: 17 })
    const of = { kind: 'nodes', poolId: 'main', firstNode: 0, nodes: 2 } as const
    scene.tell({ kind: 'beginOutage', outageId: 'switch', of })
    expect(scene.running()).toEqual(['other'])
  })

  test('do not keep a gang that was asked to hand over what it holds', () => {
    const tenants = [aTenant('owner', 64), aTenant('borrower', 0)]
    const scene = racks(1, { sparesPerDomain: 2 }, { tenants, noticeMinutes: 30 })
    scene.submit('borrowed', { ...WHOLE, tenant: 'borrower' })
    scene.submit('owned', { ...WHOLE, tenant: 'owner' })
    expect(scene.asked()).toEqual(['borrowed'])
    scene.failNode(0)
    expect(scene.running()).toEqual(['owned'])
  })

  test('step in for no gang that lost more work than its budget pays for again', () => {
    const goesOnWith = (units: number): boolean => {
      const scene = racks()
      const grants = [aGrant('od', { order: 'onDemand', price: 2, accelerators: 72 })]
      const budgets = [aBudget('own', { minutes: 600, units })]
      scene.tell({ kind: 'setTerms', terms: someTerms({ grants, budgets }) })
      scene.submitGang({ ...aGang('large', { ...WHOLE, limitMinutes: 60 }), spending: { budget: 'own' } })
      scene.pass(30)
      scene.failNode(0)
      return scene.running().includes('large')
    }
    // An hour of it costs 128, and half an hour was lost.
    expect([goesOnWith(191), goesOnWith(192)]).toEqual([false, true])
  })

  test('are no room that a gang could wait for, so that it stands in nobody’s way', () => {
    const scene = racks(1, { sparesPerDomain: 2 }, { policy: FIFO })
    scene.submit('needs all', { members: 18, each: 4, within: required('domain') })
    scene.submit('small')
    expect(scene.running()).toEqual(['small'])
  })

  test('step in under a policy that stops gangs by rank, too', () => {
    const scene = racks(1, { sparesPerDomain: 2 }, { policy: BALANCED })
    scene.submit('large', { ...WHOLE, limitMinutes: 90 })
    scene.failNode(1)
    expect(scene.running()).toEqual(['large'])
  })
})

describe('a node that fails again and again', () => {
  const rule = { failures: 2, withinMs: 60 * MINUTE_MS, keepOutForMs: 30 * MINUTE_MS }

  function aNode(): Scene {
    return new Scene({ pools: { main: { nodes: [domains(1)], upkeep: { offenders: rule } } } })
  }

  test('is kept out beyond its repair, and says since how many failures and until when', () => {
    const scene = aNode()
    scene.failNode(0)
    expect(scene.returnNode(0)).toEqual([{ kind: 'nodeReturned', at: 0, poolId: 'main', node: 0 }])
    scene.pass(10)
    scene.failNode(0)
    scene.submit('gang')
    scene.pass(10)
    expect(scene.returnNode(0)).toMatchObject([
      { kind: 'nodeReturned', staysOut: true },
      { kind: 'nodeKeptOut', failures: 2, until: 50 * MINUTE_MS },
    ])
    scene.pass(29)
    expect(scene.running()).toEqual([])
    scene.pass(1)
    expect(scene.events('nodeReadmitted')).toMatchObject([{ at: 50 * MINUTE_MS, node: 0 }])
    expect(scene.running()).toEqual(['gang'])
  })

  test('is forgiven what lies further back', () => {
    const scene = aNode()
    scene.failNode(0)
    scene.returnNode(0)
    scene.pass(60)
    scene.failNode(0)
    expect(scene.returnNode(0)).toHaveLength(1)
  })

  test('is forgiven also what came to lie further back while it was repaired', () => {
    const scene = aNode()
    scene.failNode(0)
    scene.returnNode(0)
    scene.pass(30)
    scene.failNode(0)
    scene.pass(30)
    expect(scene.returnNode(0)).toHaveLength(1)
  })

  test('that fails while it is kept out comes back when it is repaired and its time is over', () => {
    const scene = aNode()
    for (let n = 0; n < 2; n++) {
      scene.failNode(0)
      scene.returnNode(0)
    }
    scene.failNode(0)
    scene.pass(30)
    expect(scene.events('nodeReadmitted')).toMatchObject([{ staysOut: true }])
    scene.submit('gang')
    scene.returnNode(0)
    expect(scene.running()).toEqual([])
    scene.pass(30)
    expect(scene.running()).toEqual(['gang'])
  })

  test('is not kept out where nothing is said', () => {
    const scene = new Scene({ pools: { main: { nodes: [domains(1)] } } })
    for (let n = 0; n < 9; n++) {
      scene.failNode(0)
      expect(scene.returnNode(0)).toHaveLength(1)
    }
  })
})

test.each<[string, Upkeep]>([
  ['half a spare', { sparesPerDomain: 0.5 }],
  ['an offender that never failed', { offenders: { failures: 0, withinMs: 1, keepOutForMs: 1 } }],
  ['a span that is no time', { offenders: { failures: 1, withinMs: Number.NaN, keepOutForMs: 1 } }],
])('a pool with %s is refused', (_, upkeep) => {
  const scene = new Scene({ pools: {} })
  const pool = { id: 'p', provider: 'p', region: 'r', hardware: 'gpu', fabric: 'default', upkeep }
  expect(refusal(scene.tell({ kind: 'openPool', pool }))).toBe('malformed')
})

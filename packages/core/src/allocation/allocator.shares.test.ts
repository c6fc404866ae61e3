import { describe, expect, test } from 'vitest'
import { aRole, required } from '../testing/gang.ts'
import { aPool, aTenant, domains, refusal, type Scene } from '../testing/scene.ts'
import { Allocator } from './allocator.ts'
import { restoreSnapshot, takeSnapshot } from './snapshot.ts'

/** Where each share of a running gang lies: node, slot and milli. */
function sharesOf(scene: Scene, gangId: string): (number | undefined)[][] {
  const parts = scene.allocator.state.gangs.get(gangId)?.parts ?? []
  return parts.flatMap(({ runs }) => runs.map(({ first, slot, milli }) => [first, slot, milli]))
}

function freeOf(scene: Scene): number | undefined {
  return scene.allocator.state.poolById.get('main')?.free.free
}

describe('shares of accelerators', () => {
  test('a share opens an accelerator, the next one joins it, and the last that leaves gives it back', () => {
    const scene = aPool([domains(1, { acceleratorsPerNode: 2 })])
    scene.submit('a', { milli: 600 })
    scene.submit('b', { milli: 400 })
    expect([sharesOf(scene, 'a'), sharesOf(scene, 'b')]).toEqual([[[0, 0, 600]], [[0, 0, 400]]])
    expect(freeOf(scene)).toBe(1)
    scene.finish('a')
    expect(freeOf(scene)).toBe(1)
    scene.finish('b')
    expect(freeOf(scene)).toBe(2)
  })

  test('a share takes the tightest remnant that holds it', () => {
    const scene = aPool([domains(1, { acceleratorsPerNode: 3 })])
    scene.submit('most', { milli: 900 })
    scene.submit('some', { milli: 700 })
    scene.submit('small', { milli: 100 })
    expect(sharesOf(scene, 'small')).toEqual(sharesOf(scene, 'most').map(([node, slot]) => [node, slot, 100]))
  })

  test('a share never spans two accelerators', () => {
    const scene = aPool([domains(1, { acceleratorsPerNode: 2 })])
    scene.submit('a', { milli: 600 })
    scene.submit('b', { milli: 600 })
    scene.submit('c', { milli: 500 })
    expect(scene.waiting()).toEqual(['c'])
  })

  test('whole accelerators and shares go side by side on one node, never on one accelerator', () => {
    const scene = aPool([domains(1, { acceleratorsPerNode: 4 })])
    scene.submit('share', { milli: 1 })
    scene.submit('three', { each: 3 })
    scene.submit('four', { each: 4 })
    expect(scene.running()).toEqual(['share', 'three'])
    scene.finish('three')
    expect(scene.waiting()).toEqual(['four'])
    scene.finish('share')
    expect(scene.running()).toEqual(['four'])
  })

  test('members of a gang share as few accelerators as hold them', () => {
    const scene = aPool([domains(2, { acceleratorsPerNode: 4 })])
    scene.submit('gang', { members: 7, milli: 300 })
    expect(sharesOf(scene, 'gang')).toEqual([
      [0, 0, 900],
      [0, 1, 900],
      [0, 2, 300],
    ])
  })

  test('shares on a node that fails wait again, and their accelerator is whole when it returns', () => {
    const scene = aPool([domains(1, { acceleratorsPerNode: 1 })])
    scene.submit('a', { milli: 500 })
    scene.submit('b', { milli: 500 })
    scene.failNode(0)
    expect(scene.waiting()).toEqual(['a', 'b'])
    scene.returnNode(0)
    expect(scene.running()).toEqual(['a', 'b'])
  })

  test('of a quota shares take what they are, and what they hold beyond is borrowed', () => {
    const tenants = [aTenant('lab', 1), aTenant('other', 1)]
    const scene = aPool([domains(1, { acceleratorsPerNode: 2 })], { tenants })
    scene.submit('a', { tenant: 'lab', milli: 999 })
    scene.submit('b', { tenant: 'lab', milli: 2 })
    scene.submit('c', { tenant: 'lab', milli: 1 })
    expect(scene.events('placed').map(({ gangId, borrowed }) => [gangId, borrowed])).toEqual([
      ['a', 0],
      ['b', 0.001],
      ['c', 0.001],
    ])
    expect(scene.allocator.state.accounts.used('lab', 'main')).toBe(1.002)
  })

  test('an owner is given back an accelerator that others share, within the notice and when all have left it', () => {
    const tenants = [aTenant('owner', 2), aTenant('guest', 0)]
    const scene = aPool([domains(1, { acceleratorsPerNode: 2 })], { tenants, noticeMinutes: 10 })
    scene.submit('a', { tenant: 'guest', milli: 400 })
    scene.submit('b', { tenant: 'guest', milli: 400 })
    scene.submit('c', { tenant: 'guest', milli: 900 })
    scene.submit('owner', { tenant: 'owner', each: 2 })
    expect(scene.asked().sort()).toEqual(['a', 'b', 'c'])
    scene.submit('joins', { tenant: 'guest', milli: 50 })
    expect(scene.waiting()).toEqual(['owner', 'joins'])
    scene.pass(9)
    expect(scene.running()).toEqual(['a', 'b', 'c'])
    scene.pass(1)
    expect(scene.running()).toEqual(['owner'])
    expect(scene.waiting()).toEqual(['a', 'b', 'c', 'joins'])
  })
})

describe('cores and memory of nodes', () => {
  const nodes = [domains(2, { acceleratorsPerNode: 4, cpuCoresPerNode: 16, memoryMiBPerNode: 100 })]

  test('a gang sits only where its cores and its memory are', () => {
    const scene = aPool(nodes)
    scene.submit('wide', { each: 1, cpuCores: 14, memoryMiB: 10 })
    scene.submit('tall', { each: 1, cpuCores: 2, memoryMiB: 95 })
    scene.submit('late', { each: 1, cpuCores: 2.001, memoryMiB: 6 })
    expect(scene.nodes('wide')).not.toEqual(scene.nodes('tall'))
    expect(scene.waiting()).toEqual(['late'])
    scene.finish('wide')
    expect(scene.nodes('late')).not.toEqual(scene.nodes('tall'))
  })

  test('members that need CPU alone sit on the nodes, where the pool counts no cores of its own', () => {
    const scene = aPool(nodes)
    scene.submit('sandboxes', { members: 5, each: 0, cpuCores: 6 })
    expect(scene.waiting()).toEqual(['sandboxes'])
    scene.submit('fewer', { members: 4, each: 0, cpuCores: 6 })
    expect(scene.running()).toEqual(['fewer'])
    expect(scene.nodes('fewer')).toEqual([0, 1])
  })

  test('what the pool counts of cores is used first, so that nodes keep theirs for their accelerators', () => {
    const scene = aPool(nodes, { cpuCores: 8 })
    scene.submit('counted', { each: 0, cpuCores: 8 })
    scene.submit('seated', { each: 0, cpuCores: 8 })
    expect([scene.nodes('counted'), scene.nodes('seated').length]).toEqual([[], 1])
  })

  test('a gang that would not fit on empty nodes waits without standing in anybody’s way', () => {
    const scene = aPool(nodes)
    scene.submit('never', { each: 1, cpuCores: 16.001 })
    scene.submit('whole', { members: 8, each: 1 })
    expect(scene.running()).toEqual(['whole'])
  })

  test('nobody passes the first that waits so that its cores are gone when they are due', () => {
    const scene = aPool([domains(1, { acceleratorsPerNode: 4, cpuCoresPerNode: 16 })])
    scene.submit('now', { each: 1, cpuCores: 10, limitMinutes: 10 })
    scene.submit('next', { each: 1, cpuCores: 12, limitMinutes: 10 })
    scene.submit('long', { each: 0, cpuCores: 6, limitMinutes: 20 })
    scene.submit('short', { each: 0, cpuCores: 6, limitMinutes: 10 })
    expect(scene.running()).toEqual(['now', 'short'])
  })

  test('an owner is given back cores as well as accelerators', () => {
    const tenants = [aTenant('owner', 4), aTenant('guest', 0)]
    const scene = aPool([domains(1, { acceleratorsPerNode: 4, cpuCoresPerNode: 16 })], { tenants })
    scene.submit('guest', { tenant: 'guest', each: 1, cpuCores: 14 })
    scene.submit('owner', { tenant: 'owner', each: 2, cpuCores: 4 })
    expect(scene.evicted()).toEqual(['guest'])
    expect(scene.running()).toEqual(['owner'])
  })
})

test('cores of a node are kept for an owner until the rest of them is handed over', () => {
  const tenants = [aTenant('owner', 4), aTenant('guest', 0)]
  const nodes = [domains(1, { acceleratorsPerNode: 4, cpuCoresPerNode: 16, memoryMiBPerNode: 64 })]
  const scene = aPool(nodes, { tenants, noticeMinutes: 10 })
  scene.submit('guest', { tenant: 'guest', each: 1, cpuCores: 14, memoryMiB: 60 })
  scene.submit('owner', { tenant: 'owner', each: 2, cpuCores: 4, memoryMiB: 5 })
  scene.submit('small', { tenant: 'owner', each: 0, cpuCores: 1, limitMinutes: 1 })
  expect(scene.waiting()).toEqual(['owner', 'small'])
  scene.pass(10)
  expect(scene.running()).toEqual(['owner', 'small'])
})

describe('what cannot be is refused', () => {
  test.each([
    ['a share of a whole one', { milli: 1000 }],
    ['a share of nothing', { milli: 0 }],
    ['half a thousandth', { milli: 0.5 }],
    ['a share beside whole accelerators', { milli: 500, each: 2 }],
    ['cores finer than a thousandth', { cpuCores: 0.0005 }],
    ['less memory than none', { memoryMiB: -1 }],
  ])('%s', (_, like) => {
    const scene = aPool([domains(1)])
    expect(refusal(scene.submit('bad', like))).toBe('malformed')
  })

  test('nodes that state what no node has', () => {
    const scene = aPool([domains(1)])
    for (const bad of [{ cpuCoresPerNode: -1 }, { cpuCoresPerNode: 1e6 }, { memoryMiBPerNode: 0.5 }]) {
      const events = scene.tell({ kind: 'addNodes', poolId: 'main', nodes: [domains(1, bad)] })
      expect(refusal(events)).toBe('malformed')
    }
  })
})

test('a snapshot holds shares, cores and the mix that was learnt, and one that shares an accelerator twice is named', () => {
  const scene = aPool([domains(2, { acceleratorsPerNode: 2, cpuCoresPerNode: 8 })])
  for (let n = 0; n < 10; n++) scene.submit(`g${n}`, { milli: 100 + 90 * n, cpuCores: 0.5 })
  const taken = JSON.parse(JSON.stringify(takeSnapshot(scene.allocator.state)))
  const restored = restoreSnapshot(taken)
  expect(restored.ok && takeSnapshot(restored.value)).toEqual(taken)
  taken.gangs[1].stay.parts[0].runs[0].slot = 0
  taken.gangs[0].stay.parts[0].runs[0].slot = 0
  taken.gangs[3].stay.parts[0].runs[0].first = 0
  for (const { stay } of taken.gangs)
    if (stay) stay.parts[0].runs[0] = { ...stay.parts[0].runs[0], first: 0, slot: 0 }
  const twice = restoreSnapshot(taken)
  expect(!twice.ok && twice.problems).toMatchObject([{ code: 'malformedSnapshot' }])
})

test('roles with and without shares of one gang start together or not at all', () => {
  const scene = aPool([domains(1, { acceleratorsPerNode: 2, cpuCoresPerNode: 4 })])
  const roles = [aRole('trainer', { each: 1, cpuCores: 2 }), aRole('monitor', { milli: 100, cpuCores: 1 })]
  scene.submit('filler', { milli: 950 })
  scene.submit('pair', { roles, within: required('node') })
  expect(scene.waiting()).toEqual(['pair'])
  scene.finish('filler')
  expect(scene.running()).toEqual(['pair'])
  const replayed = Allocator.replay(scene.history)
  expect(takeSnapshot(replayed.state)).toEqual(takeSnapshot(scene.allocator.state))
})

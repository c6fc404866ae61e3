import { describe, expect, test } from 'vitest'
import { aRole } from '../testing/gang.ts'
import { aPool, aTenant, domains } from '../testing/scene.ts'
import { FIFO } from './policies/fifo.ts'

describe('failure', () => {
  test('a gang that loses a node keeps what it saved, loses the rest, and starts elsewhere', () => {
    const scene = aPool([domains(2)])
    scene.submit('gang', { each: 8, checkpointMinutes: 20 })
    scene.pass(50)
    scene.failNode(0)
    expect(scene.events('evicted')).toMatchObject([
      { because: 'nodeFailed', keptMs: 40 * 60_000, lostMs: 10 * 60_000 },
    ])
    expect(scene.seats('gang')).toEqual({ 'main#1': 8 })
  })

  test('one that saves nothing loses everything', () => {
    const scene = aPool([domains(1)])
    scene.submit('gang', { each: 8 })
    scene.pass(50)
    scene.failNode(0)
    expect(scene.events('evicted')).toMatchObject([{ keptMs: 0, lostMs: 50 * 60_000 }])
  })

  test('what was saved adds up over several stays, and loading it again saves nothing', () => {
    const scene = aPool([domains(1)])
    scene.submit('gang', { each: 8, checkpointMinutes: 20, restartMinutes: 15, limitMinutes: 100 })
    scene.pass(30)
    scene.failNode(0)
    scene.returnNode(0)
    expect(scene.allocator.state.gangs.get('gang')?.expectedEnd).toBe((30 + 15 + 80) * 60_000)
    scene.pass(30)
    scene.failNode(0)
    expect(scene.events('evicted').map(({ keptMs }) => keptMs / 60_000)).toEqual([20, 20])
    scene.returnNode(0)
    scene.pass(36)
    scene.failNode(0)
    expect(scene.events('evicted').map(({ keptMs }) => keptMs / 60_000)).toEqual([20, 20, 40])
  })

  test('gangs on other nodes go on', () => {
    const scene = aPool([domains(2)])
    scene.submit('a', { each: 8 })
    scene.submit('b', { each: 8 })
    scene.failNode(0)
    expect(scene.running()).toEqual(['b'])
  })

  test('all that sat on the node go, in whatever number', () => {
    const scene = aPool([domains(1)])
    for (const id of ['a', 'b', 'c']) scene.submit(id, { each: 2 })
    scene.failNode(0)
    expect(scene.waiting()).toEqual(['a', 'b', 'c'])
  })

  test('nothing starts on a failed node until it returns', () => {
    const scene = aPool([domains(1)])
    scene.failNode(0)
    scene.submit('gang')
    expect(scene.running()).toEqual([])
    scene.returnNode(0)
    expect(scene.running()).toEqual(['gang'])
  })

  test('a gang that only fits when the node is back keeps others waiting for no longer than they can tell', () => {
    const scene = aPool([domains(2)])
    scene.failNode(1)
    scene.submit('both nodes', { members: 2, each: 8 })
    scene.submit('small', { each: 8, limitMinutes: 10 })
    expect(scene.running()).toEqual(['small'])
    scene.returnNode(1)
    scene.submit('smaller', { each: 8 })
    expect(scene.running()).toEqual(['small'])
    scene.finish('small')
    expect(scene.running()).toEqual(['both nodes'])
  })
})

describe('removal', () => {
  test('a gang on nodes that are taken away starts elsewhere or waits', () => {
    const scene = aPool([domains(3)])
    scene.submit('a', { each: 8 })
    scene.submit('b', { each: 8 })
    scene.tell({ kind: 'removeNodes', poolId: 'main', firstNode: 0, nodes: 2 })
    expect(scene.events('evicted')).toMatchObject([{ because: 'nodesRemoved' }, { because: 'nodesRemoved' }])
    expect(scene.seats('a')).toEqual({ 'main#2': 8 })
    expect(scene.waiting()).toEqual(['b'])
  })

  test('a gang that fits no longer, now that nodes are gone for good, keeps nobody waiting', () => {
    const scene = aPool([domains(2)])
    scene.submit('running', { each: 4 })
    scene.submit('wide', { members: 2, each: 8 })
    scene.submit('next', { each: 8 })
    expect(scene.running()).toEqual(['running'])
    scene.tell({ kind: 'removeNodes', poolId: 'main', firstNode: 1, nodes: 1 })
    scene.finish('running')
    expect(scene.running()).toEqual(['next'])
  })

  test('nor does one whose node is gone, while others are as many', () => {
    const scene = aPool([domains(2, { acceleratorsPerNode: 4 }), domains(1)], { policy: FIFO })
    scene.submit('thick', { each: 8 })
    scene.tell({ kind: 'removeNodes', poolId: 'main', firstNode: 2, nodes: 1 })
    scene.submit('another', { each: 8 })
    scene.submit('thin', { each: 4 })
    expect(scene.running()).toEqual(['thin'])
  })

  test('numbers of nodes are never used again', () => {
    const scene = aPool([domains(1)])
    scene.tell({ kind: 'removeNodes', poolId: 'main', firstNode: 0, nodes: 1 })
    scene.tell({ kind: 'addNodes', poolId: 'main', nodes: [domains(1)] })
    scene.submit('gang', { each: 8 })
    expect(scene.seats('gang')).toEqual({ 'main#1': 8 })
  })

  test('where cores are taken away, those that came last go until the rest suffices', () => {
    const scene = aPool([domains(1)], { cpuCores: 10 })
    const cores = (members: number) => ({ roles: [sandboxes(members)] })
    scene.submit('first', { ...cores(4), priority: -1 })
    scene.pass(1)
    scene.submit('second', cores(3))
    scene.pass(1)
    scene.submit('third', cores(3))
    scene.submit('accelerators alone', { each: 8 })
    scene.tell({ kind: 'removeNodes', poolId: 'main', firstNode: 0, nodes: 0, cpuCores: 5 })
    expect(scene.evicted()).toEqual(['first', 'third'])
    expect(scene.running()).toEqual(['accelerators alone', 'second'])
  })

  test('cores that are taken away leave alone what is kept for owners of accelerators', () => {
    const scene = aPool([domains(1)], {
      tenants: [aTenant('owner', 8), aTenant('guest', 0)],
      noticeMinutes: 30,
      cpuCores: 4,
    })
    scene.submit('lent', { tenant: 'guest', each: 8 })
    scene.submit('sandboxes', { tenant: 'guest', roles: [sandboxes(4)] })
    scene.submit('mine', { tenant: 'owner', each: 8 })
    scene.pass(10)
    scene.tell({ kind: 'removeNodes', poolId: 'main', firstNode: 0, nodes: 0, cpuCores: 2 })
    scene.pass(20)
    expect(scene.startedAt('mine')).toBe(30)
  })
})

describe('delivery', () => {
  test('a pool that opens later takes gangs that were submitted before', () => {
    const scene = aPool([domains(1)])
    scene.submit('both', { accepts: ['tpu', 'gpu'], members: 9 })
    scene.submit('tpu', { accepts: ['tpu'] })
    expect(scene.running()).toEqual([])
    scene.openPool('new', { nodes: [domains(2)], hardware: 'tpu' })
    expect(scene.running()).toEqual(['both', 'tpu'])
    expect(scene.seats('both')).toEqual({ 'new#0': 8, 'new#1': 1 })
  })

  test('nodes that arrive let the head start before those that passed it', () => {
    const scene = aPool([domains(1)])
    scene.submit('running', { each: 8 })
    scene.submit('head', { members: 2, each: 8 })
    scene.submit('next', { each: 8 })
    scene.tell({ kind: 'addNodes', poolId: 'main', nodes: [domains(2)] })
    expect(scene.running()).toEqual(['head', 'running'])
  })

  test('cores that arrive let those start that wait for cores', () => {
    const scene = aPool([domains(1)])
    scene.submit('sandboxes', { roles: [sandboxes(4)] })
    scene.tell({ kind: 'addNodes', poolId: 'main', nodes: [], cpuCores: 4 })
    expect(scene.running()).toEqual(['sandboxes'])
  })

  test('a pool may be opened without nodes', () => {
    const scene = aPool([])
    scene.submit('gang')
    expect(scene.waiting()).toEqual(['gang'])
  })
})

function sandboxes(members: number) {
  return aRole('sandbox', { members, each: 0, cpuCores: 1 })
}

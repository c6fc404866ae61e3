import { describe, expect, test } from 'vitest'
import { required } from '../testing/gang.ts'
import { aPool, aTenant, domains, Scene } from '../testing/scene.ts'

const OWNER_AND_GUEST = [aTenant('owner', 16), aTenant('guest', 0)]

/** Two nodes of an owner, lent to a guest for two gangs of a node each, against half an hour's notice. */
function lentNodes(noticeMinutes = 30) {
  const scene = aPool([domains(2)], { tenants: OWNER_AND_GUEST, noticeMinutes })
  scene.submit('g1', { tenant: 'guest', each: 8, checkpointMinutes: 10 })
  scene.pass(5)
  scene.submit('g2', { tenant: 'guest', each: 8, checkpointMinutes: 10 })
  return scene
}

describe('notice', () => {
  test('an owner gets its lent nodes back within the notice it was promised', () => {
    const scene = lentNodes()
    scene.submit('mine', { tenant: 'owner', members: 2, each: 8 })
    scene.pass(29)
    expect(scene.running()).toEqual(['g1', 'g2'])
    scene.pass(1)
    expect(scene.running()).toEqual(['mine'])
    expect(scene.startedAt('mine')).toBe(35)
  })

  test('without notice it gets them at once', () => {
    const scene = lentNodes(0)
    scene.submit('mine', { tenant: 'owner', members: 2, each: 8 })
    expect(scene.running()).toEqual(['mine'])
  })

  test('what ends by itself within the notice is handed over then', () => {
    const scene = lentNodes()
    scene.submit('mine', { tenant: 'owner', members: 2, each: 8 })
    scene.pass(10)
    scene.finish('g1')
    expect(scene.running()).toEqual(['g2'])
    scene.finish('g2')
    expect(scene.startedAt('mine')).toBe(15)
    expect(scene.evicted()).toEqual([])
  })

  test('nobody else starts on what is kept for an owner', () => {
    const scene = lentNodes()
    scene.submit('mine', { tenant: 'owner', members: 2, each: 8 })
    scene.finish('g1')
    scene.submit('short', { tenant: 'guest', limitMinutes: 1 })
    scene.submit('own', { tenant: 'owner', limitMinutes: 1 })
    expect(scene.running()).toEqual(['g2'])
  })

  test('an owner that finds other room needs nothing back', () => {
    const scene = lentNodes()
    scene.submit('mine', { tenant: 'owner', each: 8 })
    expect(scene.asked()).toHaveLength(1)
    scene.openPool('other', { nodes: [domains(1)] })
    scene.setTenants([aTenant('owner', { main: 16, other: 8 }), aTenant('guest', 0)], 30)
    expect(scene.seats('mine')).toEqual({ 'other#0': 8 })
    scene.pass(60)
    expect(scene.evicted()).toEqual([])
  })

  test('a guest that was made to go waits, and starts again where room is left', () => {
    const scene = lentNodes(0)
    scene.submit('mine', { tenant: 'owner', each: 8 })
    expect(scene.waiting()).toEqual(scene.evicted())
    scene.finish('mine')
    expect(scene.running()).toEqual(['g1', 'g2'])
  })
})

describe('whom it hits', () => {
  test('never more is reclaimed than is needed', () => {
    const scene = aPool([domains(4)], { tenants: [aTenant('owner', 32), aTenant('guest', 0)] })
    for (const id of ['a', 'b', 'c', 'd']) scene.submit(id, { tenant: 'guest', each: 8 })
    scene.submit('mine', { tenant: 'owner', each: 4 })
    expect(scene.evicted()).toHaveLength(1)
    scene.submit('mine too', { tenant: 'owner', each: 4 })
    expect(scene.evicted()).toHaveLength(1)
  })

  test('what is idle counts, so that only the rest is asked back', () => {
    const scene = aPool([domains(2)], { tenants: OWNER_AND_GUEST })
    scene.submit('g1', { tenant: 'guest', members: 5 })
    scene.submit('g2', { tenant: 'guest', members: 5 })
    scene.submit('mine', { tenant: 'owner', members: 10 })
    expect(scene.evicted()).toHaveLength(1)
  })

  test('those whose room does not help are spared, little as they would lose', () => {
    const scene = aPool([domains(2)], { tenants: OWNER_AND_GUEST })
    scene.submit('large', { tenant: 'guest', each: 8 })
    scene.submit('firm', { tenant: 'guest', each: 2, reclaimable: false })
    for (const id of ['s1', 's2', 's3']) scene.submit(id, { tenant: 'guest', each: 2 })
    scene.pass(10)
    scene.submit('mine', { tenant: 'owner', members: 8, within: required('node') })
    expect(scene.asked()).toEqual(['large'])
    expect(scene.evicted()).toEqual(['large'])
  })

  test('the victim that loses least goes', () => {
    const scene = aPool([domains(3)], { tenants: [aTenant('owner', 24), aTenant('guest', 0)] })
    scene.submit('lost nine', { tenant: 'guest', each: 8, checkpointMinutes: 10 })
    scene.pass(2)
    scene.submit('lost seven', { tenant: 'guest', each: 8, checkpointMinutes: 10 })
    scene.pass(6)
    scene.submit('lost one', { tenant: 'guest', each: 8, checkpointMinutes: 10, restartMinutes: 20 })
    scene.pass(1)
    scene.submit('mine', { tenant: 'owner', each: 8 })
    expect(scene.evicted()).toEqual(['lost seven'])
    expect(scene.events('evicted')).toMatchObject([{ keptMs: 0, lostMs: 7 * 60_000 }])
  })

  test('lower priority goes first, whatever it loses', () => {
    const scene = aPool([domains(2)], { tenants: OWNER_AND_GUEST })
    scene.submit('low', { tenant: 'guest', each: 8 })
    scene.pass(100)
    scene.submit('high', { tenant: 'guest', each: 8, priority: 1 })
    scene.submit('mine', { tenant: 'owner', each: 8 })
    expect(scene.evicted()).toEqual(['low'])
  })

  test('what may not be reclaimed stays', () => {
    const scene = aPool([domains(1)], { tenants: [aTenant('owner', 8), aTenant('guest', 0)] })
    scene.submit('firm', { tenant: 'guest', each: 8, reclaimable: false })
    scene.submit('mine', { tenant: 'owner', each: 8 })
    expect(scene.running()).toEqual(['firm'])
    expect(scene.events('handOverPlanned')).toEqual([])
  })

  test('a tenant that holds no more than its own gives nothing', () => {
    const tenants = [aTenant('owner', 8), aTenant('other', 8), aTenant('guest', 0)]
    const scene = aPool([domains(2)], { tenants })
    scene.submit('own', { tenant: 'other', each: 8 })
    scene.submit('lent', { tenant: 'guest', each: 8, priority: 9 })
    scene.submit('mine', { tenant: 'owner', each: 8 })
    expect(scene.evicted()).toEqual(['lent'])
  })

  test('nobody is asked for more than it borrows', () => {
    const tenants = [aTenant('owner', 16), aTenant('guest', 8), aTenant('firm', 0)]
    const scene = aPool([domains(3)], { tenants })
    scene.submit('firm', { tenant: 'firm', each: 8, reclaimable: false })
    scene.submit('g1', { tenant: 'guest', each: 8 })
    scene.submit('g2', { tenant: 'guest', each: 8 })
    scene.submit('too much', { tenant: 'owner', members: 2, each: 8 })
    expect(scene.asked()).toEqual([])
    scene.submit('mine', { tenant: 'owner', each: 8 })
    expect(scene.evicted()).toHaveLength(1)
  })

  test('one that wants more than its own gets nothing back', () => {
    const tenants = [aTenant('owner', 8), aTenant('other', 8), aTenant('guest', 0)]
    const scene = aPool([domains(2)], { tenants })
    scene.submit('g1', { tenant: 'guest', each: 8 })
    scene.submit('g2', { tenant: 'guest', each: 8 })
    scene.submit('mine', { tenant: 'owner', members: 2, each: 8 })
    expect(scene.evicted()).toEqual([])
  })

  test('within a family one child gets back what it lent to another', () => {
    const tenants = [
      aTenant('house', 16),
      aTenant('x', 8, { parent: 'house' }),
      aTenant('y', 8, { parent: 'house' }),
    ]
    const scene = aPool([domains(2)], { tenants })
    scene.submit('y1', { tenant: 'y', each: 8 })
    scene.submit('y2', { tenant: 'y', each: 8 })
    scene.submit('x1', { tenant: 'x', each: 8 })
    expect(scene.running()).toHaveLength(2)
    expect(scene.running()).toContain('x1')
  })

  test('a family that holds no more than its own gives nothing to those outside', () => {
    const tenants = [
      aTenant('house', 8),
      aTenant('x', 8, { parent: 'house' }),
      aTenant('y', {}, { parent: 'house' }),
      aTenant('owner', 8),
      aTenant('guest', 0),
    ]
    const scene = aPool([domains(2)], { tenants })
    scene.submit('y', { tenant: 'y', each: 8 })
    scene.submit('lent', { tenant: 'guest', each: 8 })
    scene.submit('mine', { tenant: 'owner', each: 8 })
    expect(scene.evicted()).toEqual(['lent'])
  })
})

describe('what changes while capacity is asked back', () => {
  test('a borrower that borrows no longer when it is due is not stopped', () => {
    const scene = aPool([domains(2)], {
      tenants: [aTenant('owner', 8), aTenant('guest', 8)],
      noticeMinutes: 30,
    })
    scene.submit('g1', { tenant: 'guest', each: 8, checkpointMinutes: 1 })
    scene.submit('g2', { tenant: 'guest', each: 8 })
    scene.pass(1)
    scene.submit('mine', { tenant: 'owner', members: 8, within: required('node') })
    expect(scene.asked()).toEqual(['g1'])
    scene.pass(5)
    scene.finish('g2')
    expect(scene.running()).toEqual(['g1', 'mine'])
    scene.pass(60)
    expect(scene.evicted()).toEqual([])
  })

  test('where one of two borrowers borrows no longer, the owner still gets its room when it was promised', () => {
    const tenants = [aTenant('owner', 16), aTenant('guest', 16)]
    const scene = aPool([domains(4)], { tenants, noticeMinutes: 30 })
    for (const id of ['g1', 'g2', 'g3', 'g4']) scene.submit(id, { tenant: 'guest', each: 8 })
    scene.submit('mine', { tenant: 'owner', members: 2, each: 8 })
    const [stays = ''] = scene.running().filter((id) => !scene.asked().includes(id))
    scene.pass(10)
    scene.finish(stays)
    scene.pass(20)
    expect(scene.startedAt('mine')).toBe(30)
    expect(scene.evicted()).toHaveLength(1)
  })

  test('it gets other room then, though that is promised to one who waits for more', () => {
    const tenants = [aTenant('owner', 32), aTenant('guest', 8), aTenant('firm', 0), aTenant('vast', 48)]
    const scene = aPool([domains(6)], { tenants, noticeMinutes: 30 })
    scene.submit('firm', { tenant: 'firm', each: 8, reclaimable: false })
    for (const id of ['g1', 'g2', 'g3', 'g4']) scene.submit(id, { tenant: 'guest', each: 8 })
    scene.submit('head', { tenant: 'vast', members: 6, each: 8 })
    scene.submit('mine', { tenant: 'owner', members: 4, each: 8 })
    expect(scene.asked()).toHaveLength(3)
    const [stays = ''] = scene.running().filter((id) => id !== 'firm' && !scene.asked().includes(id))
    scene.pass(10)
    scene.finish(stays)
    scene.pass(20)
    expect(scene.startedAt('mine')).toBe(30)
    expect(scene.evicted()).toHaveLength(2)
  })

  test('an awaited owner that is cancelled needs nothing: all stay', () => {
    const scene = lentNodes()
    scene.submit('mine', { tenant: 'owner', members: 2, each: 8 })
    scene.cancel('mine')
    scene.pass(60)
    expect(scene.running()).toEqual(['g1', 'g2'])
    expect(scene.allocator.nextWake()).toBeUndefined()
  })

  test('what was kept for a cancelled owner is free for all at once', () => {
    const scene = lentNodes()
    scene.submit('mine', { tenant: 'owner', members: 2, each: 8 })
    scene.finish('g1')
    scene.submit('next', { tenant: 'guest', each: 8 })
    expect(scene.running()).toEqual(['g2'])
    scene.cancel('mine')
    expect(scene.running()).toEqual(['g2', 'next'])
  })

  test('two owners ask for different room', () => {
    const scene = lentNodes()
    scene.submit('mine', { tenant: 'owner', each: 8 })
    scene.submit('mine too', { tenant: 'owner', each: 8 })
    expect(scene.asked().sort()).toEqual(['g1', 'g2'])
    scene.pass(30)
    expect(scene.running()).toEqual(['mine', 'mine too'])
  })

  test('a second owner waits for what the first will leave over, and asks for nothing more', () => {
    const scene = lentNodes()
    scene.submit('mine', { tenant: 'owner', members: 5 })
    scene.pass(10)
    scene.submit('mine too', { tenant: 'owner', members: 3 })
    expect(scene.asked()).toHaveLength(1)
    scene.pass(20)
    expect(scene.startedAt('mine')).toBe(35)
    expect(scene.startedAt('mine too')).toBe(35)
  })

  test('when the first is cancelled, the second gets its room from the same guest, when it was told', () => {
    const scene = lentNodes()
    scene.submit('mine', { tenant: 'owner', members: 5 })
    scene.pass(10)
    scene.submit('mine too', { tenant: 'owner', members: 3 })
    scene.cancel('mine')
    expect(new Set(scene.asked()).size).toBe(1)
    scene.pass(30)
    expect(scene.startedAt('mine too')).toBe(35)
  })

  test('a failed node is nothing to wait for: the owner asks for another', () => {
    const scene = aPool([domains(3)], {
      tenants: [aTenant('owner', 24), aTenant('guest', 0)],
      noticeMinutes: 30,
    })
    for (const id of ['a', 'b', 'c']) scene.submit(id, { tenant: 'guest', each: 8 })
    scene.submit('mine', { tenant: 'owner', each: 8 })
    const [first] = scene.asked()
    const [node] = scene.nodes(first ?? '')
    scene.pass(10)
    scene.failNode(node ?? 0)
    expect(scene.asked()).toHaveLength(2)
    scene.pass(30)
    expect(scene.startedAt('mine')).toBe(40)
    expect(scene.nodes('mine')).not.toEqual([node])
  })

  test('the node of a guest that was asked returns: nothing is held there, and all goes on', () => {
    const scene = lentNodes()
    scene.submit('mine', { tenant: 'owner', members: 2, each: 8 })
    scene.failNode(0)
    expect(scene.events('handOverDropped')).toHaveLength(1)
    scene.pass(10)
    scene.returnNode(0)
    scene.pass(30)
    expect(scene.running()).toEqual(['mine'])
  })

  test('nodes that are taken away take what was kept on them along', () => {
    const scene = lentNodes()
    scene.submit('mine', { tenant: 'owner', each: 8 })
    const [node = 0] = scene.nodes(scene.asked()[0] ?? '')
    scene.tell({ kind: 'removeNodes', poolId: 'main', firstNode: node, nodes: 1 })
    scene.pass(30)
    expect(scene.nodes('mine')).toEqual([1 - node])
  })

  test('an owner borrows elsewhere before it asks others to stop', () => {
    const pools = { main: { nodes: [domains(1)] }, other: { nodes: [domains(1)] } }
    const scene = new Scene({
      pools,
      tenants: [aTenant('owner', { main: 8 }), aTenant('guest', { other: 8 })],
    })
    scene.submit('lent', { tenant: 'guest', each: 8, accepts: ['gpu'] })
    expect(scene.seats('lent')).toEqual({ 'other#0': 8 })
    scene.submit('lent too', { tenant: 'guest', each: 8 })
    expect(scene.seats('lent too')).toEqual({ 'main#0': 8 })
    scene.finish('lent')
    scene.submit('mine', { tenant: 'owner', each: 8 })
    expect(scene.seats('mine')).toEqual({ 'other#0': 8 })
    expect(scene.evicted()).toEqual([])
  })

  test('what borrowers are to hand over is not spare beside a promised start', () => {
    const tenants = [aTenant('a', 11), aTenant('b', 8), aTenant('guest', 1)]
    const scene = aPool([domains(5, { acceleratorsPerNode: 4 })], { tenants, noticeMinutes: 30 })
    scene.submit('firm', { tenant: 'guest', members: 8, limitMinutes: 60, reclaimable: false })
    scene.submit('soon over', { tenant: 'guest', members: 4, limitMinutes: 10, reclaimable: false })
    scene.submit('lent', { tenant: 'guest', members: 2, limitMinutes: 60 })
    scene.submit('head', { tenant: 'a', members: 11 })
    scene.submit('owner', { tenant: 'b', members: 8 })
    scene.submit('endless', { tenant: 'guest', members: 3 })
    expect(scene.asked()).toEqual(['lent'])
    scene.pass(10)
    scene.finish('soon over')
    scene.pass(50)
    expect(scene.startedAt('owner')).toBe(30)
    scene.finish('firm')
    expect(scene.startedAt('head')).toBe(60)
  })

  test('nor is what has just been kept for an owner', () => {
    const tenants = [aTenant('a', 13), aTenant('b', 8), aTenant('guest', 3)]
    const scene = aPool([domains(3)], { tenants, noticeMinutes: 30 })
    const firm = { tenant: 'guest', limitMinutes: 60, reclaimable: false }
    scene.submit('firm', { ...firm, each: 4 })
    scene.submit('over', { ...firm, each: 4 })
    scene.submit('lent', { tenant: 'guest', each: 2, limitMinutes: 60 })
    scene.submit('firm too', { ...firm, each: 8 })
    scene.finish('over')
    scene.submit('wall', { ...firm, members: 10 })
    scene.submit('head', { tenant: 'a', members: 13 })
    scene.submit('owner', { tenant: 'b', members: 8, within: required('node') })
    scene.submit('endless', { tenant: 'guest', members: 4 })
    expect(scene.asked()).toEqual([])
    scene.pass(10)
    scene.finish('wall')
    expect(scene.asked()).toEqual(['lent'])
    expect(scene.waiting()).toEqual(['head', 'owner', 'endless'])
    scene.pass(50)
    scene.finish('firm', 'firm too')
    expect(scene.startedAt('owner')).toBe(40)
    expect(scene.startedAt('head')).toBe(60)
  })
})

import { describe, expect, test } from 'vitest'
import { aPool, aTenant, domains, Scene } from '../testing/scene.ts'

describe('borrowing', () => {
  test('what others leave idle is lent', () => {
    const scene = aPool([domains(1)], { tenants: [aTenant('owner', 6), aTenant('guest', 2)] })
    scene.submit('mine', { tenant: 'guest', members: 2 })
    scene.submit('lent', { tenant: 'guest', members: 6 })
    expect(scene.events('placed')).toMatchObject([{ borrowed: 0 }, { borrowed: 6 }])
  })

  test('a gang that lies in part on its own borrows the rest', () => {
    const scene = aPool([domains(1)], { tenants: [aTenant('owner', 5), aTenant('guest', 3)] })
    scene.submit('large', { tenant: 'guest', members: 8 })
    expect(scene.events('placed')).toMatchObject([{ borrowed: 5 }])
  })

  test('owners go before borrowers that came earlier', () => {
    const scene = aPool([domains(1)], { tenants: [aTenant('owner', 8), aTenant('guest', 0)] })
    scene.submit('running', { tenant: 'owner', members: 8 })
    scene.submit('guest', { tenant: 'guest', members: 8, priority: 9 })
    scene.submit('own', { tenant: 'owner', members: 8 })
    scene.finish('running')
    expect(scene.running()).toEqual(['own'])
  })

  test('a borrower is held to its limit, beyond what is its own', () => {
    const tenants = [aTenant('owner', 12), aTenant('guest', 4, { borrowLimit: 4 })]
    const scene = aPool([domains(2)], { tenants })
    scene.submit('eight', { tenant: 'guest', members: 8 })
    scene.submit('nine', { tenant: 'guest' })
    expect(scene.running()).toEqual(['eight'])
    scene.submit('owned', { tenant: 'owner', members: 8 })
    expect(scene.running()).toEqual(['eight', 'owned'])
  })

  test('a limit of 0 lets a tenant run on its own alone', () => {
    const tenants = [aTenant('owner', 4), aTenant('guest', 4, { borrowLimit: 0 })]
    const scene = aPool([domains(1)], { tenants })
    scene.submit('too much', { tenant: 'guest', members: 5 })
    scene.submit('own', { tenant: 'guest', members: 4 })
    expect(scene.running()).toEqual(['own'])
  })

  test('a limit above holds for all below together', () => {
    const tenants = [
      aTenant('owner', 16),
      aTenant('house', 0, { borrowLimit: 6 }),
      aTenant('x', 0, { parent: 'house' }),
      aTenant('y', 0, { parent: 'house' }),
    ]
    const scene = aPool([domains(2)], { tenants })
    scene.submit('x4', { tenant: 'x', members: 4 })
    scene.submit('y4', { tenant: 'y', members: 4 })
    scene.submit('y2', { tenant: 'y', members: 2 })
    expect(scene.running()).toEqual(['x4', 'y2'])
  })

  test('where tenants are named but own nothing, all share and nobody borrows', () => {
    const scene = aPool([domains(1)], { tenants: [aTenant('a', {}), aTenant('b', {}, { borrowLimit: 0 })] })
    scene.submit('all', { tenant: 'b', members: 8 })
    expect(scene.events('placed')).toMatchObject([{ borrowed: 0 }])
  })

  test('a gang beyond what it may borrow keeps nobody waiting', () => {
    const tenants = [aTenant('owner', 8), aTenant('guest', 0, { borrowLimit: 2 })]
    const scene = aPool([domains(1)], { tenants })
    scene.submit('too much', { tenant: 'guest', members: 4 })
    scene.submit('small', { tenant: 'guest', members: 2 })
    expect(scene.running()).toEqual(['small'])
  })
})

describe('a tree of tenants', () => {
  const child = { parent: 'house', borrowLimit: 0 }

  test("a parent's quota is shared by its children in turn", () => {
    const tenants = [aTenant('house', 6), aTenant('x', {}, child), aTenant('y', {}, child)]
    const scene = aPool([domains(1)], { tenants })
    scene.submit('x4', { tenant: 'x', members: 4 })
    scene.submit('y4', { tenant: 'y', members: 4 })
    scene.submit('y2', { tenant: 'y', members: 2 })
    expect(scene.running()).toEqual(['x4', 'y2'])
    expect(scene.events('placed')).toMatchObject([{ borrowed: 0 }, { borrowed: 0 }])
  })

  test('what a child owns is part of what its parent owns, and its own alone', () => {
    const tenants = [
      aTenant('other', 8),
      aTenant('house', 8),
      aTenant('x', 6, { parent: 'house' }),
      aTenant('y', {}, { parent: 'house' }),
    ]
    const scene = aPool([domains(2)], { tenants })
    scene.submit('y', { tenant: 'y', members: 8 })
    scene.submit('x', { tenant: 'x', members: 8 })
    expect(scene.events('placed')).toMatchObject([
      { gangId: 'y', borrowed: 6 },
      { gangId: 'x', borrowed: 2 },
    ])
  })

  test('a parent owns at least what its children own together', () => {
    const tenants = [
      aTenant('house', 1),
      aTenant('x', 3, { parent: 'house' }),
      aTenant('y', 4, { parent: 'house' }),
    ]
    const scene = aPool([domains(1)], { tenants: [aTenant('other', 1), ...tenants] })
    scene.submit('x', { tenant: 'x', members: 3 })
    scene.submit('y', { tenant: 'y', members: 4 })
    scene.submit('house', { tenant: 'house' })
    expect(scene.events('placed')).toMatchObject([{ borrowed: 0 }, { borrowed: 0 }, { borrowed: 1 }])
  })
})

describe('a quota for all pools together', () => {
  const pools = { left: { nodes: [domains(1)] }, right: { nodes: [domains(1)] } }

  test('is used in whichever pool has room', () => {
    const scene = new Scene({ pools, tenants: [aTenant('lab', { '*': 10 }), aTenant('other', { '*': 6 })] })
    scene.submit('first', { tenant: 'lab', members: 8 })
    scene.submit('second', { tenant: 'lab', members: 4 })
    expect(scene.events('placed')).toMatchObject([{ borrowed: 0 }, { borrowed: 2 }])
  })

  test('counts beside one for a single pool: the larger room decides', () => {
    const scene = new Scene({ pools, tenants: [aTenant('lab', { '*': 2, left: 6 })] })
    scene.submit('in left', { tenant: 'lab', members: 6 })
    scene.submit('beyond', { tenant: 'lab', members: 3 })
    expect(scene.events('placed')).toMatchObject([{ borrowed: 0 }, { borrowed: 3 }])
  })
})

describe('tenants that change while gangs run', () => {
  test('a quota that grows makes its own what was borrowed before', () => {
    const scene = aPool([domains(1)], { tenants: [aTenant('owner', 8), aTenant('guest', 0)] })
    scene.submit('lent', { tenant: 'guest', members: 8 })
    scene.setTenants([aTenant('owner', 0), aTenant('guest', 8)])
    scene.submit('wants', { tenant: 'owner', members: 8 })
    expect(scene.running()).toEqual(['lent'])
    expect(scene.asked()).toEqual([])
  })

  test('what runs stays where it runs when its tenant is named no longer, as a borrower', () => {
    const scene = aPool([domains(1)], { tenants: [aTenant('old', 8)] })
    scene.submit('running', { tenant: 'old', members: 8 })
    scene.setTenants([aTenant('new', 8)])
    expect(scene.running()).toEqual(['running'])
    scene.submit('wants', { tenant: 'new', members: 8 })
    expect(scene.evicted()).toEqual(['running'])
    expect(scene.running()).toEqual(['wants'])
  })

  test('an owner that owns nothing any more gets nothing handed over', () => {
    const scene = aPool([domains(1)], {
      tenants: [aTenant('owner', 8), aTenant('guest', 0)],
      noticeMinutes: 30,
    })
    scene.submit('lent', { tenant: 'guest', members: 8 })
    scene.submit('wants', { tenant: 'owner', members: 8 })
    expect(scene.asked()).toEqual(['lent'])
    scene.setTenants([aTenant('owner', 0), aTenant('guest', 8)], 30)
    scene.pass(60)
    expect(scene.running()).toEqual(['lent'])
    expect(scene.events('handOverDropped')).toHaveLength(1)
  })

  test('without quotas nobody owes anything', () => {
    const scene = aPool([domains(1)], {
      tenants: [aTenant('owner', 8), aTenant('guest', 0)],
      noticeMinutes: 30,
    })
    scene.submit('lent', { tenant: 'guest', members: 8 })
    scene.submit('wants', { tenant: 'owner', members: 8 })
    scene.setTenants([])
    scene.pass(60)
    expect(scene.running()).toEqual(['lent'])
  })
})

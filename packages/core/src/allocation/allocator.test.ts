import { describe, expect, test } from 'vitest'
import { HOUR_MS } from '../base/instant.ts'
import type { Tenant } from '../demand/tenant.ts'
import { at, gang, POOL, role, SmallFleet } from '../testing/small-fleet.ts'
import { Allocator } from './allocator.ts'
import { FIFO } from './policies/fifo.ts'
import { takeSnapshot } from './snapshot.ts'

function tenant(id: string, accelerators: number, more: Partial<Tenant> = {}): Tenant {
  return { id, name: id, quotas: [{ pool: POOL.id, accelerators }], ...more }
}

function limit(hours: number) {
  return { limitMs: hours * HOUR_MS }
}

describe('placement', () => {
  test('the fullest domain that still holds a gang gets it', () => {
    const fleet = new SmallFleet([{ domains: 3 }])
    fleet.submit(gang('five', role(5, 1)), 0)
    fleet.submit(gang('six', role(6, 1)), 0)
    fleet.submit(gang('two', role(2, 1)), 0)
    expect(fleet.nodesOf('two')).toEqual([1, 1])
  })

  test('a small gang leaves a whole domain whole while a partial one fits', () => {
    const fleet = new SmallFleet([{ domains: 2, nodesPerDomain: 2, acceleratorsPerNode: 4 }])
    fleet.submit(gang('one', role(1, 1)), 0)
    fleet.submit(gang('four', role(1, 4)), 0)
    expect(fleet.nodesOf('four')).toEqual([1, 1, 1, 1])
  })

  test('a large gang takes whole domains of as few blocks as possible', () => {
    const fleet = new SmallFleet([
      { domains: 6, domainsPerBlock: 2 },
      { domains: 3, domainsPerBlock: 3 },
    ])
    fleet.submit(gang('large', role(24, 1)), 0)
    expect(new Set(fleet.nodesOf('large'))).toEqual(new Set([6, 7, 8]))
  })

  test('members are whole on their nodes: two of six do not share what three nodes have left', () => {
    const fleet = new SmallFleet([{ domains: 3 }])
    for (const id of ['a', 'b', 'c']) fleet.submit(gang(id, role(1, 4)), 0)
    expect(fleet.nodesOf('c')).toEqual([1, 1, 1, 1])
    fleet.submit(gang('pair', role(2, 6)), 0)
    expect(fleet.nodesOf('pair')).toEqual([])
  })

  test('a domain that is required is not given up; one that is preferred is', () => {
    const fleet = new SmallFleet([{ domains: 2 }])
    fleet.submit(gang('a', role(1, 5)), 0)
    fleet.submit(gang('b', role(1, 5)), 0)
    fleet.submit(gang('strict', role(4, 1, { within: { level: 'domain', required: true } })), 0)
    expect(fleet.nodesOf('strict')).toEqual([])
    fleet.tell({ kind: 'cancel', gangId: 'strict' }, 0)
    fleet.submit(gang('lenient', role(4, 1, { within: { level: 'domain', required: false } })), 0)
    expect(fleet.nodesOf('lenient')).toHaveLength(4)
  })

  test('all roles start together or none does', () => {
    const fleet = new SmallFleet([{}])
    const roles = [role(6, 1, { name: 'trainer' }), role(4, 1, { name: 'rollout' })]
    expect(fleet.submit(gang('both', roles), 0)).toEqual(['submitted'])
    fleet.tell(
      {
        kind: 'addNodes',
        poolId: POOL.id,
        nodes: [{ domains: 1, nodesPerDomain: 1, acceleratorsPerNode: 8, domainsPerBlock: 1 }],
      },
      1,
    )
    expect(fleet.nodesOf('both')).toHaveLength(10)
  })
})

describe('order', () => {
  test('first come, first served lets nobody pass', () => {
    const fleet = new SmallFleet([{}], FIFO)
    fleet.submit(gang('runs', role(6, 1), limit(10)), 0)
    fleet.submit(gang('waits', role(8, 1), limit(1)), 0)
    expect(fleet.submit(gang('small', role(1, 1), limit(1)), 0)).toEqual(['submitted'])
  })

  test('backfill lets a gang pass that ends before the promised start', () => {
    const fleet = new SmallFleet([{}])
    fleet.submit(gang('runs', role(6, 1), limit(10)), 0)
    fleet.submit(gang('head', role(8, 1), limit(1)), 0)
    expect(fleet.submit(gang('short', role(2, 1), limit(10)), 0)).toEqual(['submitted', 'placed short'])
  })

  test('backfill lets no gang pass that would end after the promised start', () => {
    const fleet = new SmallFleet([{}])
    fleet.submit(gang('runs', role(6, 1), limit(10)), 0)
    fleet.submit(gang('head', role(8, 1), limit(1)), 0)
    expect(fleet.submit(gang('long', role(2, 1), limit(11)), 0)).toEqual(['submitted'])
    expect(fleet.submit(gang('endless', role(2, 1)), 0)).toEqual(['submitted'])
  })

  test('backfill lets a gang pass for good that fits beside the promised start', () => {
    const fleet = new SmallFleet([{ domains: 2 }])
    fleet.submit(gang('runs', role(12, 1), limit(10)), 0)
    fleet.submit(gang('head', role(14, 1), limit(1)), 0)
    expect(fleet.submit(gang('beside', role(2, 1)), 0)).toEqual(['submitted', 'placed beside'])
    expect(fleet.submit(gang('too-much', role(1, 1)), 0)).toEqual(['submitted'])
  })

  test('higher priority goes first, whoever came first', () => {
    const fleet = new SmallFleet([{}])
    fleet.submit(gang('runs', role(8, 1), limit(1)), 0)
    fleet.submit(gang('low', role(8, 1)), 0)
    fleet.submit(gang('high', role(8, 1), { priority: 1 }), 0)
    expect(fleet.finish('runs', 1)).toEqual(['finished runs', 'placed high'])
  })

  test('a gang that loses its node waits ahead of those that never ran', () => {
    const fleet = new SmallFleet([{ domains: 2 }])
    fleet.submit(gang('old', role(8, 1)), 0)
    fleet.submit(gang('other', role(8, 1)), 0)
    fleet.submit(gang('new', role(8, 1)), 0)
    fleet.tell({ kind: 'failNode', poolId: POOL.id, node: 1 }, 1)
    expect(fleet.finish('old', 2)).toEqual(['finished old', 'placed other'])
  })

  test('a gang larger than the fleet keeps nobody waiting', () => {
    const fleet = new SmallFleet([{}])
    fleet.submit(gang('huge', role(9, 1), limit(1)), 0)
    expect(fleet.submit(gang('small', role(8, 1)), 0)).toEqual(['submitted', 'placed small'])
  })
})

describe('quotas', () => {
  const noticeMs = HOUR_MS

  test('an owner gets its lent nodes back within the notice it was promised', () => {
    const fleet = new SmallFleet([{ domains: 2 }])
    fleet.tell({ kind: 'setTenants', tenants: [tenant('own', 8), tenant('guest', 8)], noticeMs }, 0)
    for (const id of ['g1', 'g2']) fleet.submit(gang(id, role(8, 1), { tenant: 'guest' }), 0)
    fleet.submit(gang('mine', role(8, 1), { tenant: 'own' }), 1)
    expect(fleet.allocator.nextWake()).toBe(at(2))
    expect(fleet.tell({ kind: 'wake' }, 2)).toContain('placed mine')
  })

  test('no more is taken back than is needed, and from whom it costs least', () => {
    const fleet = new SmallFleet([{ domains: 4 }])
    fleet.tell({ kind: 'setTenants', tenants: [tenant('own', 32), tenant('guest', 0)], noticeMs: 0 }, 0)
    const guest = (id: string, hours: number) =>
      fleet.submit(gang(id, role(8, 1), { tenant: 'guest', checkpointMs: HOUR_MS }), hours)
    guest('a', 0)
    guest('b', 0.5)
    guest('c', 0.25 + 0.5)
    guest('d', 0.9)
    fleet.submit(gang('mine', role(8, 1), { tenant: 'own' }), 1.8)
    const evicted = fleet.events.flatMap((event) => (event.kind === 'evicted' ? [event.gangId] : []))
    // Since their last save a lost 0.8 h, b 0.3 h, c 0.05 h and d 0.9 h.
    expect(evicted).toEqual(['c'])
  })

  test('a borrower is held to its limit', () => {
    const fleet = new SmallFleet([{ domains: 2 }])
    fleet.tell(
      { kind: 'setTenants', tenants: [tenant('own', 12), tenant('guest', 4, { borrowLimit: 4 })], noticeMs },
      0,
    )
    expect(fleet.submit(gang('eight', role(8, 1), { tenant: 'guest' }), 0)).toContain('placed eight')
    expect(fleet.submit(gang('nine', role(1, 1), { tenant: 'guest' }), 0)).toEqual(['submitted'])
  })

  test("what a parent owns serves its children in turn, and is nobody else's", () => {
    const fleet = new SmallFleet([{}])
    const child = (id: string): Tenant => ({ id, name: id, parent: 'house', quotas: [], borrowLimit: 0 })
    fleet.tell({ kind: 'setTenants', tenants: [tenant('house', 6), child('x'), child('y')], noticeMs }, 0)
    expect(fleet.submit(gang('x4', role(4, 1), { tenant: 'x' }), 0)).toContain('placed x4')
    expect(fleet.submit(gang('y4', role(4, 1), { tenant: 'y' }), 0)).toEqual(['submitted'])
    expect(fleet.submit(gang('y2', role(2, 1), { tenant: 'y' }), 0)).toContain('placed y2')
  })

  test('what is not reclaimable stays', () => {
    const fleet = new SmallFleet([{}])
    fleet.tell({ kind: 'setTenants', tenants: [tenant('own', 8), tenant('guest', 0)], noticeMs: 0 }, 0)
    fleet.submit(gang('firm', role(8, 1), { tenant: 'guest', reclaimable: false }), 0)
    expect(fleet.submit(gang('mine', role(8, 1), { tenant: 'own' }), 1)).toEqual(['submitted'])
  })
})

describe('failure', () => {
  test('a gang keeps what it saved and loses the rest', () => {
    const fleet = new SmallFleet([{}])
    fleet.submit(gang('g', role(8, 1), { checkpointMs: HOUR_MS, ...limit(10) }), 0)
    fleet.tell({ kind: 'failNode', poolId: POOL.id, node: 0 }, 2.5)
    const [evicted] = fleet.events.filter(({ kind }) => kind === 'evicted')
    expect(evicted).toMatchObject({ because: 'nodeFailed', keptMs: 2 * HOUR_MS, lostMs: HOUR_MS / 2 })
  })

  test('nothing starts on a failed node until it returns', () => {
    const fleet = new SmallFleet([{}])
    fleet.tell({ kind: 'failNode', poolId: POOL.id, node: 0 }, 0)
    expect(fleet.submit(gang('g', role(1, 1)), 1)).toEqual(['submitted'])
    expect(fleet.tell({ kind: 'returnNode', poolId: POOL.id, node: 0 }, 2)).toEqual([
      'nodeReturned',
      'placed g',
    ])
  })
})

test.each([
  ['duplicateGang', { kind: 'submit', gang: gang('runs', role(1, 1)) }],
  ['duplicateGang', { kind: 'submit', gang: gang('over', role(1, 1)) }],
  ['malformed', { kind: 'submit', gang: gang('empty', []) }],
  ['malformed', { kind: 'submit', gang: gang('half', role(1.5, 1)) }],
  ['malformed', { kind: 'submit', gang: gang('nan', role(1, 1), { limitMs: Number.NaN }) }],
  ['unknownGang', { kind: 'cancel', gangId: 'nobody' }],
  ['alreadyEnded', { kind: 'cancel', gangId: 'over' }],
  ['notRunning', { kind: 'finish', gangId: 'waits' }],
  ['duplicatePool', { kind: 'openPool', pool: POOL }],
  ['unknownPool', { kind: 'failNode', poolId: 'nowhere', node: 0 }],
  ['unknownNode', { kind: 'failNode', poolId: POOL.id, node: 99 }],
  ['nodeNotFailed', { kind: 'returnNode', poolId: POOL.id, node: 0 }],
] as const)('%s is refused by name and changes nothing: %j', (because, command) => {
  const fleet = new SmallFleet([{}])
  fleet.submit(gang('over', role(1, 1)), 0)
  fleet.finish('over', 0)
  fleet.submit(gang('runs', role(8, 1)), 0)
  fleet.submit(gang('waits', role(8, 1)), 0)
  const before = JSON.stringify(takeSnapshot(fleet.allocator.state))
  expect(fleet.tell(command, 1)).toEqual(['refused'])
  expect(fleet.events.at(-1)).toMatchObject({ because })
  expect(JSON.stringify(takeSnapshot(fleet.allocator.state))).toBe(before)
})

test('time does not run backwards', () => {
  const allocator = new Allocator()
  allocator.apply({ kind: 'openPool', pool: POOL }, at(2))
  expect(allocator.apply({ kind: 'wake' }, at(1))).toMatchObject([{ because: 'timeRunsBackwards' }])
})

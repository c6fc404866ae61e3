import { describe, expect, test } from 'vitest'
import type { Instant } from '../base/instant.ts'
import { poolOf } from '../capacity/pool.ts'
import type { Gang } from '../demand/gang.ts'
import type { Tenant } from '../demand/tenant.ts'
import { Allocator } from './allocator.ts'
import { BACKFILL } from './policies/backfill.ts'
import { Prospects } from './prospects.ts'

const POOL = poolOf({ provider: 'own', region: 'r', hardware: 'h100', fabric: 'default' })
const NODES = [{ domains: 2, nodesPerDomain: 1, acceleratorsPerNode: 8, domainsPerBlock: 2 }]
const NOW = 0 as Instant

function gang(members: number, acceleratorsPerMember: number, hardware = 'h100'): Gang {
  const role = {
    name: 'worker',
    members,
    acceleratorsPerMember,
    cpuCoresPerMember: 0,
    accepts: [{ hardware, speed: 1 }],
    within: { level: 'pool', required: true } as const,
  }
  return { id: 'g', tenant: 'lab', priority: 0, roles: [role], restartMs: 0, reclaimable: true }
}

function stateOf(tenants: readonly Tenant[] = []) {
  const allocator = new Allocator(BACKFILL)
  allocator.apply({ kind: 'openPool', pool: POOL }, NOW)
  allocator.apply({ kind: 'addNodes', poolId: POOL.id, nodes: NODES }, NOW)
  if (tenants.length > 0) allocator.apply({ kind: 'setTenants', tenants, noticeMs: 0 }, NOW)
  return allocator
}

const lab = (quota: number, borrowLimit?: number): Tenant => ({
  id: 'lab',
  name: 'Lab',
  quotas: [{ pool: POOL.id, accelerators: quota }],
  ...(borrowLimit === undefined ? {} : { borrowLimit }),
})

describe('a gang is hopeless', () => {
  test('where no pool has its hardware', () => {
    expect(new Prospects().whyHopeless(stateOf().state, gang(1, 1, 'tpu'))).toEqual({
      kind: 'noHardware',
      role: 0,
    })
  })

  test('where no pool could hold it if nothing ran, however much is free or failed now', () => {
    const allocator = stateOf()
    const prospects = new Prospects()
    expect(prospects.whyHopeless(allocator.state, gang(3, 8))).toEqual({ kind: 'neverFits', largest: 16 })
    expect(prospects.whyHopeless(allocator.state, gang(1, 9))).toEqual({ kind: 'neverFits', largest: 16 })
    allocator.apply({ kind: 'submit', gang: { ...gang(2, 8), id: 'all' } }, NOW)
    allocator.apply({ kind: 'failNode', poolId: POOL.id, node: 0 }, NOW)
    expect(prospects.whyHopeless(allocator.state, gang(2, 8))).toBeUndefined()
  })

  test('where its tenant may never hold so much, borrowed or not', () => {
    const prospects = new Prospects()
    const limited = stateOf([lab(4, 2)]).state
    expect(prospects.whyHopeless(limited, gang(1, 6))).toBeUndefined()
    expect(prospects.whyHopeless(limited, gang(1, 7))).toEqual({ kind: 'beyondQuota', most: 6 })
    expect(prospects.whyHopeless(stateOf([lab(4)]).state, gang(2, 8))).toBeUndefined()
  })

  test('by the tenants that are named now, not by those before', () => {
    const allocator = stateOf([lab(4, 0)])
    const prospects = new Prospects()
    expect(prospects.whyHopeless(allocator.state, gang(1, 8))).toEqual({ kind: 'beyondQuota', most: 4 })
    allocator.apply({ kind: 'setTenants', tenants: [lab(8, 0)], noticeMs: 0 }, NOW)
    expect(prospects.whyHopeless(allocator.state, gang(1, 8))).toBeUndefined()
  })
})

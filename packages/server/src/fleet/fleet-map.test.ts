import { gzipSync } from 'node:zlib'
import { showFleetMap } from '@offtake/contract/api/fleet-map-routes'
import { cancelJob, submitJob } from '@offtake/contract/api/job-routes'
import { drainPart, failPart, listNodes, returnPart } from '@offtake/contract/api/pool-routes'
import { AllocationState } from '@offtake/core/allocation/allocation-state'
import { Allocator } from '@offtake/core/allocation/allocator'
import { BACKFILL } from '@offtake/core/allocation/policies/backfill'
import { instant } from '@offtake/core/base/instant'
import { poolOf } from '@offtake/core/capacity/pool'
import { aGang, aRole } from '@offtake/core/testing/gang'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { done } from '../testing/done.ts'
import { GPU_POOL, gpuSupply } from '../testing/gpu-supply.ts'
import { type LiveServer, startLiveServer } from '../testing/live-server.ts'
import { columnsOf, TenantPlaces } from './domain-columns.ts'
import { FleetMap } from './fleet-map.ts'

const TENANTS = [
  { id: 'owner', name: 'Owner', quotas: [{ pool: GPU_POOL.id, accelerators: 32 }] },
  { id: 'guest', name: 'Guest', quotas: [] },
]

let live: LiveServer

beforeAll(async () => {
  live = await startLiveServer({
    supply: gpuSupply({ domains: 4, nodesPerDomain: 2, tenants: TENANTS }),
  })
})

afterAll(() => live.stop())

const params = { pool: GPU_POOL.id }

async function mapOf(query: object = {}) {
  const map = await done(live.client.call(showFleetMap, { query: { pool: GPU_POOL.id, ...query } }))
  return { ...map, pool: map.pools[0] }
}

const job = (id: string, tenant: string, accelerators: number) => ({
  body: { id, tenant, accelerators, hardware: ['gpu'], reclaimable: true },
})

describe('the map of the fleet', () => {
  test('has every domain with what is free, who holds it, and what of that is lent', async () => {
    const { pool, whole } = await mapOf()
    expect(whole).toBe(true)
    expect(pool).toMatchObject({
      id: GPU_POOL.id,
      provider: 'own',
      simulated: true,
      domains: 4,
      domain: null,
      stretches: [
        { firstDomain: 0, domains: 4, nodesPerDomain: 2, acceleratorsPerNode: 8, domainsPerBlock: 4 },
      ],
      block: [0, 0, 0, 0],
      total: [16, 16, 16, 16],
      free: [16, 16, 16, 16],
      tenant: [-1, -1, -1, -1],
      up: [2, 2, 2, 2],
    })
    await done(live.client.call(submitJob, job('of-owner', 'owner', 10)))
    await done(live.client.call(submitJob, job('of-guest', 'guest', 12)))
    const after = await mapOf()
    const names = after.pool?.tenant.map((place) => after.tenants[place])
    expect(new Set(names)).toEqual(new Set(['owner', 'guest', undefined]))
    const lent = after.pool?.borrowed.reduce((sum, one) => sum + one, 0)
    expect(lent).toBe(12)
    expect(after.pool?.held.reduce((sum, one) => sum + one, 0)).toBe(22)
    expect(after.pool?.free.reduce((sum, one) => sum + one, 0)).toBe(64 - 22)
  })

  test('tells what changed since a map that was read, and nothing where nothing did', async () => {
    const before = await mapOf()
    expect(await mapOf({ since: before.mark })).toMatchObject({ whole: false, pools: [] })
    await done(live.client.call(failPart, { params, body: { nodes: { first: 7 } } }))
    await done(live.client.call(drainPart, { params, body: { nodes: { first: 6 }, by: '2100-01-01' } }))
    const changed = await mapOf({ since: before.mark })
    expect(changed.seq).toBeGreaterThan(before.seq)
    expect(changed).toMatchObject({
      whole: false,
      pool: { domains: 4, domain: [3], up: [0], failed: [1], draining: [1], free: [0], total: [16] },
    })
    expect(await mapOf({ since: changed.mark })).toMatchObject({ pools: [] })
    await done(live.client.call(returnPart, { params, body: { nodes: { first: 7 } } }))
    await done(live.client.call(returnPart, { params, body: { nodes: { first: 6 } } }))
    expect((await mapOf({ since: before.mark })).pool).toMatchObject({ domain: [3], up: [2], failed: [0] })
  })

  test('patched by what changed is the map as it is now', async () => {
    const first = await mapOf()
    let patched = first.pool?.free.slice() ?? []
    let { mark } = first
    for (const step of [
      () => live.client.call(submitJob, job('comes', 'owner', 5)),
      () => live.client.call(failPart, { params, body: { domain: 1 } }),
      () => live.client.call(cancelJob, { params: { id: 'of-guest' } }),
      () => live.client.call(returnPart, { params, body: { domain: 1 } }),
    ]) {
      await done<unknown>(step())
      const { pool, mark: next } = await mapOf({ since: mark })
      mark = next
      patched = patched.map((free, domain) => {
        const at = pool?.domain?.indexOf(domain) ?? -1
        return at < 0 ? free : (pool?.free[at] ?? free)
      })
    }
    expect(patched).toEqual((await mapOf()).pool?.free)
  })

  test('is whole again where the mark is of another server', async () => {
    const { mark } = await mapOf()
    await live.restart()
    expect(await mapOf({ since: mark })).toMatchObject({ whole: true, pool: { domain: null } })
    expect(await mapOf({ since: 'nonsense' })).toMatchObject({ whole: true })
  })

  test('leads to the nodes of a domain', async () => {
    const { items } = await done(live.client.call(listNodes, { params, query: { domain: 2 } }))
    expect(items.map(({ node }) => node)).toEqual([4, 5])
    expect(await done(live.client.call(listNodes, { params, query: { domain: 9 } }))).toEqual({
      items: [],
      next: null,
    })
  })
})

/** 13,888 racks of 72, of which nine of ten are held by gangs of some sizes. */
function largeFleet(): Allocator {
  const allocator = new Allocator(BACKFILL, new AllocationState())
  const pool = poolOf({ provider: 'big', region: 'west', hardware: 'gb200', fabric: 'default' })
  const at = instant(0)
  allocator.apply({ kind: 'openPool', pool }, at)
  const group = { domains: 13_888, nodesPerDomain: 18, acceleratorsPerNode: 4, domainsPerBlock: 8 }
  allocator.apply({ kind: 'addNodes', poolId: pool.id, nodes: [group] }, at)
  const sizes = [4, 72, 16, 288, 1_152, 8]
  for (let n = 0, held = 0; held < 900_000; n++) {
    const accelerators = sizes[n % sizes.length] ?? 4
    const like = { members: accelerators / 4, each: 4, accepts: ['gb200'] }
    const roles = [aRole('worker', like)]
    allocator.apply({ kind: 'submit', gang: aGang(`gang-${n}`, { tenant: `tenant-${n % 40}`, roles }) }, at)
    held += accelerators
  }
  return allocator
}

describe('the map of a million accelerators', () => {
  const allocator = largeFleet()

  test('is one answer of less than a megabyte, compressed', async () => {
    const map = new FleetMap({ allocator, seq: 1, listen: () => () => undefined })
    const text = JSON.stringify(await map.view({}))
    expect(gzipSync(text).length).toBeLessThan(1_000_000)
  })

  test('adds up to what the allocator says is held and free', () => {
    const [columns] = columnsOf(allocator.state, new TenantPlaces())
    const sumOf = (column: Iterable<number> = []) => [...column].reduce((sum, one) => sum + one, 0)
    const [pool] = allocator.state.pools
    expect(sumOf(columns?.free)).toBe(pool?.free.free)
    expect(sumOf(columns?.held)).toBe((pool?.free.capacity ?? 0) - (pool?.free.free ?? 0))
    expect(sumOf(columns?.up)).toBe(13_888 * 18)
    expect(columns?.held.every((held, domain) => held + (columns.free[domain] ?? 0) === 72)).toBe(true)
  })
})

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { showAudit } from '@offtake/contract/api/audit-routes'
import { showJob, submitJob } from '@offtake/contract/api/job-routes'
import {
  drainPart,
  failPart,
  listNodes,
  listOutages,
  listPools,
  returnPart,
} from '@offtake/contract/api/pool-routes'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { done } from '../testing/done.ts'
import { GPU_POOL, gpuSupply } from '../testing/gpu-supply.ts'
import { type LiveServer, startLiveServer } from '../testing/live-server.ts'
import { THIS_MACHINE } from '../this-machine.ts'

let live: LiveServer

beforeAll(async () => {
  live = await startLiveServer({
    supply: gpuSupply({ domains: 3, nodesPerDomain: 2 }),
  })
})

afterAll(() => live.stop())

const params = { pool: GPU_POOL.id }

async function stateOf(node: number) {
  const { items } = await done(live.client.call(listNodes, { params, query: { limit: 500 } }))
  return items.find((one) => one.node === node)
}

const gpuJob = (id: string, parts: object = {}) => ({
  id,
  tenant: 'research',
  accelerators: 8,
  hardware: ['gpu'],
  ...parts,
})

describe('pools', () => {
  test('are listed with what they are, what runs them and what is free', async () => {
    const { items } = await done(live.client.call(listPools, { query: {} }))
    expect(items).toMatchObject([
      { id: THIS_MACHINE.id, adapter: 'local', simulated: false },
      {
        id: 'own/here/gpu',
        adapter: 'fake',
        simulated: true,
        nodes: 6,
        domains: 3,
        accelerators: { total: 48, held: 0, free: 48, draining: 0, down: 0 },
      },
    ])
  })

  test('have nodes, page by page, each once', async () => {
    const seen: number[] = []
    let cursor: string | undefined
    do {
      const query = { limit: 4, ...(cursor === undefined ? {} : { cursor }) }
      const page = await done(live.client.call(listNodes, { params, query }))
      seen.push(...page.items.map(({ node }) => node))
      cursor = page.next ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual([0, 1, 2, 3, 4, 5])
  })

  test('have nodes by block', async () => {
    const nodesOf = async (block: number) =>
      (await done(live.client.call(listNodes, { params, query: { block } }))).items
    const seen = (await Promise.all([0, 1, 2].map(nodesOf))).flat()
    expect(seen.map(({ node }) => node)).toEqual([0, 1, 2, 3, 4, 5])
    expect(await nodesOf(99)).toEqual([])
  })

  test('that are not there, and parts that are not, are named', async () => {
    const nowhere = await live.client.call(listNodes, { params: { pool: 'no/such/pool' }, query: {} })
    expect(nowhere).toMatchObject({ ok: false, problem: { status: 404, code: 'notFound' } })
    const beyond = await live.client.call(failPart, { params, body: { nodes: { first: 6 } } })
    expect(beyond).toMatchObject({
      ok: false,
      problem: { because: 'unknownNode', errors: [{ path: 'body.nodes' }] },
    })
    const late = await live.client.call(drainPart, { params, body: { by: '2001-01-01' } })
    expect(late).toMatchObject({
      ok: false,
      problem: { because: 'inThePast', errors: [{ path: 'body.by' }] },
    })
    const both = await live.client.call(drainPart, { params, body: { nodes: { first: 0 }, domain: 1 } })
    expect(both).toMatchObject({ ok: false, problem: { errors: [{ path: 'body.domain' }] } })
  })
})

describe('a part of a pool', () => {
  test('that is drained takes nobody more, shows who is asked to leave, and is stopped when its time comes', async () => {
    await done(live.client.call(submitJob, { body: gpuJob('sits') }))
    const { items } = await done(live.client.call(listNodes, { params, query: {} }))
    const at = items.find(({ jobs }) => jobs.includes('sits'))
    expect(at?.tenants).toEqual(['research'])
    const body = { nodes: { first: at?.node ?? -1 }, by: '2100-01-01' }
    const drain = await done(live.client.call(drainPart, { params, body }))
    expect(drain).toMatchObject({ state: 'announced', jobs: ['sits'], by: '2100-01-01T00:00:00.000Z' })
    expect(await stateOf(body.nodes.first)).toMatchObject({ state: 'draining', jobs: ['sits'] })
    const again = await live.client.call(drainPart, { params, body })
    expect(again).toMatchObject({ ok: false, problem: { code: 'conflict' } })
    const { ended } = await done(live.client.call(returnPart, { params, body: { nodes: body.nodes } }))
    expect(ended).toEqual([drain.id])
    expect(await stateOf(body.nodes.first)).toMatchObject({ state: 'up' })

    await done(live.client.call(drainPart, { params, body: { nodes: body.nodes, notice: '1s' } }))
    await expect.poll(async () => (await stateOf(body.nodes.first))?.state, { timeout: 5_000 }).toBe('out')
    const job = await done(live.client.call(showJob, { params: { id: 'sits' } }))
    expect(job).toMatchObject({ state: 'running', evictions: 1 })
    await done(live.client.call(returnPart, { params, body: { nodes: body.nodes } }))
    expect(await stateOf(body.nodes.first)).toMatchObject({ state: 'up', jobs: [] })
  })

  test('that fails stops who sat there, and comes back as the same part', async () => {
    const failure = await done(live.client.call(failPart, { params, body: { domain: 2 } }))
    expect(failure.nodes).toBe(2)
    expect(await stateOf(4)).toMatchObject({ state: 'out', free: 0 })
    const { items } = await done(live.client.call(listOutages, { query: {} }))
    expect(items).toMatchObject([{ state: 'holds', pool: GPU_POOL.id, domain: 2, nodes: null }])
    const other = await live.client.call(returnPart, { params, body: { nodes: { first: 4 } } })
    expect(other).toMatchObject({ ok: false, problem: { code: 'conflict' } })
    expect(await done(live.client.call(returnPart, { params, body: { domain: 2 } }))).toMatchObject({
      nodes: 2,
    })
    expect(await stateOf(4)).toMatchObject({ state: 'up' })
  })

  test('of one node counts as failed, once, and is answered again under its key', async () => {
    const body = { nodes: { first: 5 } }
    const first = await done(live.client.call(failPart, { params, body, key: 'fails' }))
    expect(await done(live.client.call(failPart, { params, body, key: 'fails' }))).toEqual(first)
    expect(await stateOf(5)).toMatchObject({ state: 'failed' })
    expect(await live.client.call(failPart, { params, body })).toMatchObject({
      problem: { code: 'refused', because: 'nodeAlreadyFailed' },
    })
    expect(await done(live.client.call(returnPart, { params, body }))).toMatchObject({ nodes: 1, ended: [] })
    expect(await live.client.call(returnPart, { params, body })).toMatchObject({
      problem: { code: 'conflict' },
    })
  })

  test('that changed is in the audit, and stays as it is where the server starts again', async () => {
    await done(live.client.call(failPart, { params, body: { domain: 0 } }))
    await live.restart()
    expect(await stateOf(0)).toMatchObject({ state: 'out' })
    await done(live.client.call(returnPart, { params, body: { domain: 0 } }))
    const { items } = await done(live.client.call(showAudit, { query: { target: GPU_POOL.id, limit: 1 } }))
    expect(items).toMatchObject([{ actor: 'admin', action: 'returned', detail: { domain: 0 } }])
  })
})

test('processes of a node that is drained are stopped there and started again elsewhere', async () => {
  const machine = { pool: THIS_MACHINE.id }
  const mark = join(live.folder, 'stays')
  const script = `echo "$OFFTAKE_STAY $$" >> ${mark}; while :; do sleep 0.05; done`
  const job = {
    id: 'moves',
    tenant: 'real',
    accelerators: 1,
    hardware: ['slot'],
    command: ['sh', '-c', script],
  }
  await done(live.client.call(submitJob, { body: job }))
  await expect.poll(() => existsSync(mark)).toBe(true)
  const nodes = async () => (await done(live.client.call(listNodes, { params: machine, query: {} }))).items
  const where = async () => (await nodes()).find(({ jobs }) => jobs.includes('moves'))?.node
  const before = await where()
  await done(
    live.client.call(drainPart, { params: machine, body: { nodes: { first: before ?? -1 }, notice: '0s' } }),
  )
  await expect.poll(where, { timeout: 5_000 }).not.toBe(before)
  await expect.poll(() => stays(mark).length, { timeout: 5_000 }).toBe(2)
  const [first, second] = stays(mark)
  expect([first?.stay, second?.stay]).toEqual(['0', '1'])
  await expect.poll(() => isAlive(first?.pid), { timeout: 5_000 }).toBe(false)
  expect(isAlive(second?.pid)).toBe(true)
  expect((await nodes()).find(({ node }) => node === before)).toMatchObject({ state: 'out', jobs: [] })
  await done(live.client.call(returnPart, { params: machine, body: { nodes: { first: before ?? -1 } } }))
  expect(await where()).not.toBe(before)
  process.kill(Number(second?.pid), 'SIGKILL')
})

function stays(mark: string) {
  return readFileSync(mark, 'utf8')
    .trim()
    .split('\n')
    .map((line) => ({ stay: line.split(' ')[0], pid: line.split(' ')[1] }))
}

function isAlive(pid: string | undefined): boolean {
  try {
    process.kill(Number(pid), 0)
    return true
  } catch {
    return false
  }
}

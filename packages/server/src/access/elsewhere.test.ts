import { setTimeout as sleep } from 'node:timers/promises'
import { followEvents, readiness } from '@offtake/contract/api/feed-routes'
import { cancelJob, listJobs, showJob, submitJob } from '@offtake/contract/api/job-routes'
import { createToken, revokeToken, whoAmI } from '@offtake/contract/api/token-routes'
import { instant } from '@offtake/core/base/instant'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresServer, postgresPrograms, startPostgres } from '../testing/postgres-server.ts'
import { type Served, served } from '../testing/served.ts'

const TENANTS = ['lab', 'rival'].map((id) => ({ id, name: id, quotas: [] }))
const programs = postgresPrograms()

describe.skipIf(programs === undefined)('through a process that does not lead', () => {
  let postgres: PostgresServer
  let leader: Served
  let other: Served

  beforeAll(async () => {
    postgres = await startPostgres(programs ?? '')
    const database = postgres.url('postgres')
    const tenants = { kind: 'setTenants' as const, tenants: TENANTS, noticeMs: 0 }
    leader = await served({ database, supply: [{ at: instant(0), key: 'tenants', command: tenants }] })
    other = await served({ database, role: 'api' })
    while (!(await other.admin.call(readiness, {})).ok) await sleep(50)
  })

  afterAll(async () => {
    await other.close()
    await leader.close()
    await postgres.stop()
  })

  const job = (tenant: string, id: string) => ({ body: { id, tenant, accelerators: 1, hardware: ['gpu'] } })

  test('a tenant sees, changes and follows its own alone', async () => {
    const lab = other.client(await other.token('ada', ['tenant'], 'lab'))
    const abort = new AbortController()
    const stream = await lab.send(followEvents, { query: { after: 0 } }, { signal: abort.signal })
    expect(await other.admin.call(submitJob, job('rival', 'of-rival'))).toMatchObject({ ok: true })
    expect(await lab.call(submitJob, job('rival', 'stolen'))).toMatchObject({ problem: { status: 404 } })
    expect(await lab.call(submitJob, job('lab', 'of-lab'))).toMatchObject({ ok: true })
    expect(await lab.call(showJob, { params: { id: 'of-rival' } })).toMatchObject({
      problem: { status: 404 },
    })
    expect(await lab.call(cancelJob, { params: { id: 'of-rival' } })).toMatchObject({
      problem: { status: 404 },
    })
    const { value } = (await lab.call(listJobs, { query: {} })) as { value: { items: { id: string }[] } }
    expect(value.items.map(({ id }) => id)).toEqual(['of-lab'])
    let said = ''
    for await (const chunk of stream.body ?? []) {
      said += new TextDecoder().decode(chunk)
      if (said.includes('placed') && said.includes('of-lab')) break
    }
    abort.abort()
    expect(said).not.toContain('rival')
  })

  test('a token is made and revoked, and good or not for both', async () => {
    const made = await other.admin.call(createToken, { body: { actor: 'eve', roles: ['viewer'] } })
    if (!made.ok) throw new Error(made.problem.detail)
    const { id, secret } = made.value
    const eve = [leader, other].map((server) => server.client(secret ?? ''))
    for (const client of eve) expect(await client.call(whoAmI, {})).toMatchObject({ value: { actor: 'eve' } })
    await leader.admin.call(revokeToken, { params: { id } })
    for (const client of eve)
      await expect.poll(async () => (await client.call(whoAmI, {})).ok, { timeout: 2_000 }).toBe(false)
  })
})

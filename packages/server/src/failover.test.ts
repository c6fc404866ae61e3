import { setTimeout as sleep } from 'node:timers/promises'
import { prng } from '@offtake/core/base/prng'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from './store/database.ts'
import { entriesAfter } from './store/journal.ts'
import { expectKept } from './testing/expect-kept.ts'
import { aJob, untilAnswered } from './testing/patient-client.ts'
import { type PostgresServer, postgresPrograms, startPostgres } from './testing/postgres-server.ts'
import { type ServerProcess, startServerProcess, TEST_TOKEN } from './testing/server-process.ts'

/** Where nothing else runs it is under two seconds; `npm run bench -- live` measures it. */
const LONGEST_PAUSE_MS = 15_000
const programs = postgresPrograms()

describe.skipIf(programs === undefined)('where the engine that leads', () => {
  let postgres: PostgresServer
  let database: string
  let api: ServerProcess
  const engines = new Map<string, ServerProcess>()

  const startEngine = async (): Promise<void> => {
    const engine = await startServerProcess({ database, role: 'engine' })
    engines.set(engine.url, engine)
  }

  beforeAll(async () => {
    postgres = await startPostgres(programs ?? '')
    database = postgres.url('postgres')
    await startEngine()
    api = await startServerProcess({ database, role: 'api' })
  })

  beforeEach(async () => {
    while (engines.size < 2) await startEngine()
  })

  afterAll(async () => {
    for (const server of [api, ...engines.values()]) server.process.kill('SIGKILL')
    await postgres.stop()
  })

  const leader = async (): Promise<ServerProcess> => {
    for (;;) {
      for (const [url, engine] of engines) {
        const answer = await fetch(`${url}/readyz`).catch(() => undefined)
        if (answer?.ok && ((await answer.json()) as { leads: boolean }).leads) return engine
      }
      await sleep(50)
    }
  }

  /** Submits through the API without pause while something happens; says the longest time that an answer took, and what was told. */
  const submitDuring = async (name: string, happens: () => Promise<void>) => {
    const chance = prng(7).fork(name)
    const acknowledged = new Map<string, string>()
    let longest = 0
    let isOver = false
    const client = async (own: number): Promise<void> => {
      for (let n = 0; !isOver; n++) {
        const key = `client-${name}-${own}-${n}`
        const start = performance.now()
        const job = await untilAnswered({
          url: () => api.url,
          method: 'POST',
          path: '/v1/jobs',
          key,
          body: aJob(chance),
        })
        longest = Math.max(longest, performance.now() - start)
        acknowledged.set(key, String(job.id))
        await sleep(10)
      }
    }
    const clients = [client(0), client(1)]
    await sleep(200)
    await happens()
    await sleep(500)
    isOver = true
    await Promise.all(clients)
    return { longest, acknowledged }
  }

  test('is not there yet, a process that only answers says that it serves once it is', async () => {
    const empty = postgres.url('empty')
    const opened = await openDatabase(database)
    await sql`create database empty`.execute(opened.db)
    await opened.close()
    let isServing = false
    const coming = startServerProcess({ database: empty, role: 'api' }).then((server) => {
      isServing = true
      return server
    })
    await sleep(2_500)
    expect(isServing).toBe(false)
    const engine = await startServerProcess({ database: empty, role: 'engine' })
    const served = await coming
    const job = await fetch(`${served.url}/v1/jobs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TEST_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(aJob(prng(1))),
    })
    expect(job.status).toBe(201)
    for (const server of [served, engine]) await server.kill()
  })

  test('is killed, another goes on soon and nothing is lost or there twice', async () => {
    const { longest, acknowledged } = await submitDuring('killed', async () => {
      const dead = await leader()
      await dead.kill()
      engines.delete(dead.url)
      await leader()
    })
    expect(longest).toBeLessThan(LONGEST_PAUSE_MS)
    expect(acknowledged.size).toBeGreaterThan(0)
  })

  test('is stopped, another goes on, and the stopped one writes nothing when it wakes', async () => {
    let stopped: ServerProcess | undefined
    const { longest, acknowledged } = await submitDuring('stopped', async () => {
      stopped = await leader()
      stopped.process.kill('SIGSTOP')
      engines.delete(stopped.url)
      await leader()
      stopped.process.kill('SIGCONT')
      engines.set(stopped.url, stopped)
    })
    expect(longest).toBeLessThan(LONGEST_PAUSE_MS)
    const answer = await fetch(`${stopped?.url}/readyz`)
    expect(await answer.json()).not.toMatchObject({ leads: true })
    for (const server of [api, ...engines.values()]) await server.kill()
    const opened = await openDatabase(database)
    const all = new Map(acknowledged)
    // What the test before was told is there too.
    for await (const page of entriesAfter(opened.db, 0))
      for (const { idempotency_key: key, events } of page)
        if (key?.startsWith('client-killed')) all.set(key, JSON.parse(events)[0].gang.id)
    await expectKept({ acknowledged: all, cancelled: new Set() }, opened)
    await opened.close()
  })
})

import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PostgresServer, postgresPrograms, startPostgres } from './testing/postgres-server.ts'
import { type ServerProcess, startServerProcess, TEST_TOKEN } from './testing/server-process.ts'
import { mountSmallDisk, type SmallDisk } from './testing/small-disk.ts'

const programs = postgresPrograms()
const BACK_WITHIN_MS = 20_000
let server: ServerProcess

interface Answer {
  readonly status: number
  readonly body: { readonly code?: string; readonly detail?: string; readonly id?: string }
}

async function submit(key: string, bytes = 0): Promise<Answer> {
  const job = { tenant: 'tenant-0', accelerators: 1, hardware: ['gpu'], duration: '1000s' }
  const response = await fetch(`${server.url}/v1/jobs`, {
    method: 'POST',
    signal: AbortSignal.timeout(BACK_WITHIN_MS),
    headers: {
      authorization: `Bearer ${TEST_TOKEN}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify({ ...job, command: ['x'.repeat(bytes)] }),
  })
  return { status: response.status, body: (await response.json()) as Answer['body'] }
}

/** Asks again under the same key until it is acknowledged, without a restart of the server. */
async function untilTaken(key: string): Promise<Answer> {
  const giveUp = Date.now() + BACK_WITHIN_MS
  for (;;) {
    const answer = await submit(key)
    if (answer.status === 201 || Date.now() > giveUp) return answer
    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } })
    await sleep(100)
  }
}

/** Submits until one is not acknowledged. */
async function untilRefused(name: string): Promise<{ readonly key: string; readonly answer: Answer }> {
  for (let n = 0; n < 500; n++) {
    const key = `${name}-${n}`
    const answer = await submit(key, 60_000)
    if (answer.status !== 201) return { key, answer }
  }
  throw new Error('the disk is not full')
}

describe.skipIf(programs === undefined)('where the PostgreSQL server', () => {
  let postgres: PostgresServer
  let disk: SmallDisk | undefined

  beforeAll(async () => {
    disk = mountSmallDisk(150)
    postgres = await startPostgres(programs ?? '', disk?.folder)
    server = await startServerProcess({ database: postgres.url('postgres') })
  })

  afterAll(async () => {
    await server.kill()
    await postgres.stop()
    disk?.remove()
  })

  test('is away, nothing is acknowledged, and all goes on once it is back', async () => {
    expect((await submit('before')).status).toBe(201)
    await postgres.kill()
    expect(await submit('meanwhile')).toMatchObject({ status: 503, body: { code: 'unavailable' } })
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503)
    await postgres.start()
    const { status, body } = await untilTaken('meanwhile')
    expect(status).toBe(201)
    expect((await submit('meanwhile')).body.id).toBe(body.id)
  })

  test('has no room on its disk, nothing is acknowledged, and all goes on once there is', async (context) => {
    if (!disk) return context.skip('only root may mount a disk')
    disk.fill()
    const { key, answer } = await untilRefused('full')
    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } })
    disk.free()
    // Without room for its log PostgreSQL ends itself, and whoever keeps it starts it again.
    if (postgres.process.exitCode !== null || postgres.process.signalCode !== null) await postgres.start()
    expect((await untilTaken(key)).status).toBe(201)
  })
})

describe('where the disk of a PGlite', () => {
  let disk: SmallDisk | undefined

  beforeAll(async () => {
    disk = mountSmallDisk(150)
    if (disk) server = await startServerProcess({ database: join(disk.folder, 'database') })
  })

  afterAll(async () => {
    if (!disk) return
    await server.kill()
    disk.remove()
  })

  test('is full, nothing is acknowledged, and all goes on once it is not', async (context) => {
    if (!disk) return context.skip('only root may mount a disk')
    expect((await submit('before')).status).toBe(201)
    disk.fill()
    const { key, answer } = await untilRefused('full')
    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } })
    disk.free()
    expect((await untilTaken(key)).status).toBe(201)
    expect((await untilTaken('before')).status).toBe(201)
  })
})

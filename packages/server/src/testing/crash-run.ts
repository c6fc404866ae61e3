import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Prng, prng } from '@offtake/core/base/prng'

const TOKEN = 'a-token-of-this-test'
const SERVER = new URL('./serve-process.ts', import.meta.url).pathname
const CLIENTS = 4

/** What clients were told before and between crashes. */
export interface CrashRun {
  /** Job by key, as it was acknowledged; whoever was not answered asked again until it was. */
  readonly acknowledged: ReadonlyMap<string, string>
  readonly cancelled: ReadonlySet<string>
  readonly kills: number
}

/** Clients submit and cancel, each request with a key and again until it is answered, while the server is killed and started. */
export async function crashRun(database: string, kills: number, seed: number): Promise<CrashRun> {
  const chance = prng(seed).fork('crash')
  const acknowledged = new Map<string, string>()
  const cancelled = new Set<string>()
  let server = await startServer(database)
  let isOver = false
  const client = async (own: Prng, name: number): Promise<void> => {
    for (let n = 0; !isOver; n++) {
      const key = `client-${name}-${n}`
      const job = await untilAnswered(() => server.url, 'POST', '/v1/jobs', key, aJob(own))
      acknowledged.set(key, String(job.id))
      if (own.below(3) > 0) continue
      const answer = await untilAnswered(
        () => server.url,
        'POST',
        `/v1/jobs/${job.id}/cancel`,
        `${key}-cancel`,
      )
      if (answer.state === 'cancelled') cancelled.add(String(job.id))
    }
  }
  const clients = Array.from({ length: CLIENTS }, (_, n) => client(chance.fork(`client ${n}`), n))
  for (let kill = 0; kill < kills; kill++) {
    await sleep(20 + chance.below(250))
    await endOf(server.process)
    server = await startServer(database)
  }
  await sleep(100)
  isOver = true
  await Promise.all(clients)
  await endOf(server.process)
  return { acknowledged, cancelled, kills }
}

function aJob(chance: Prng): object {
  const durations = ['1s', '10s', '100s', '1000s']
  return {
    tenant: `tenant-${chance.below(3)}`,
    accelerators: 1 + chance.below(8),
    hardware: ['gpu'],
    duration: durations[chance.below(durations.length)],
  }
}

interface Server {
  readonly url: string
  readonly process: ChildProcess
}

async function startServer(database: string): Promise<Server> {
  const args = [
    '--import',
    'tsx',
    '--conditions=offtake-source',
    SERVER,
    database,
    TOKEN,
    join(tmpdir(), 'offtake-crash-runs'),
  ]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  for await (const chunk of child.stdout) {
    said += chunk
    if (said.includes('\n')) break
  }
  if (!said.includes('\n')) throw new Error('the server ended before it was ready')
  return { url: said.trim(), process: child }
}

async function endOf(server: ChildProcess): Promise<void> {
  const exit = once(server, 'exit')
  server.kill('SIGKILL')
  await exit
}

/** Where nothing is answered, or that it cannot be told, the same is asked again under the same key. */
async function untilAnswered(
  url: () => string,
  method: string,
  path: string,
  key: string,
  body?: object,
): Promise<Readonly<Record<string, unknown>>> {
  for (;;) {
    try {
      const response = await fetch(`${url()}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${TOKEN}`,
          'idempotency-key': key,
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      const answer = (await response.json()) as Readonly<Record<string, unknown>>
      if (response.status < 500 && response.status !== 429) return answer
    } catch {
      // The server was killed before it answered.
    }
    await sleep(20)
  }
}

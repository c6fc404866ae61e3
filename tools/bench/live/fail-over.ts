import { mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { JOB, type LiveServer, startServerIn } from './live-server.ts'
import { type Target, tryToSend } from './load.ts'

const CLIENTS = 16
/** How often the leader goes, in each of the two ways. */
const TIMES = 6
/** Between two of them the load is served undisturbed. */
const QUIET_MS = 1_500
/** How long a client waits before it asks again. */
const AGAIN_MS = 20

/** The longest that a client had to ask for one submission until it was acknowledged, each time that the leader went. */
export interface Pauses {
  readonly killed: readonly number[]
  readonly stopped: readonly number[]
  /** What was acknowledged all that while. */
  readonly perSecond: number
}

/** Clients submit through a process that only answers, while the engine that leads is killed or stopped and another takes over. */
export async function failOver(database: string): Promise<Pauses> {
  const folder = mkdtempSync(join(tmpdir(), 'offtake-fail-over-'))
  const start = (role: 'api' | 'engine'): Promise<LiveServer> => startServerIn(folder, database, role)
  const engines = new Set([await start('engine'), await start('engine')])
  const api = await start('api')
  const load: Load = { longest: 0, acknowledged: 0 }
  const over = new AbortController()
  const clients = Array.from({ length: CLIENTS }, (_, n) => submitOn(api, `client-${n}`, load, over.signal))
  const began = performance.now()
  const pauses = { killed: [] as number[], stopped: [] as number[] }
  try {
    for (let n = 0; n < TIMES; n++)
      for (const signal of ['SIGKILL', 'SIGSTOP'] as const) {
        await sleep(QUIET_MS)
        const gone = await leaderOf(engines)
        load.longest = 0
        gone.process.kill(signal)
        engines.delete(gone)
        await leaderOf(engines)
        await sleep(QUIET_MS)
        pauses[signal === 'SIGKILL' ? 'killed' : 'stopped'].push(load.longest)
        await gone.stop()
        engines.add(await start('engine'))
      }
  } finally {
    over.abort()
    await Promise.all(clients)
    for (const server of [api, ...engines]) await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  const seconds = (performance.now() - began) / 1_000
  return { ...pauses, perSecond: load.acknowledged / seconds }
}

interface Load {
  longest: number
  acknowledged: number
}

async function submitOn(target: Target, name: string, load: Load, signal: AbortSignal): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  for (let n = 0; !signal.aborted; n++) {
    const asked = performance.now()
    while (!(await tryToSend(target, agent, { path: '/v1/jobs', body: JOB, key: `${name}-${n}` })))
      if (signal.aborted) break
      else await sleep(AGAIN_MS)
    load.longest = Math.max(load.longest, performance.now() - asked)
    load.acknowledged += 1
  }
  agent.destroy()
}

async function leaderOf(engines: ReadonlySet<LiveServer>): Promise<LiveServer> {
  for (;;) {
    for (const engine of engines) {
      const answer = await fetch(`${engine.url}/readyz`).catch(() => undefined)
      if (answer?.ok && ((await answer.json()) as { leads: boolean }).leads) return engine
    }
    await sleep(50)
  }
}

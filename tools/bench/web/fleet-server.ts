import { Agent } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from '../../root.ts'
import { runNode } from '../child.ts'
import { type LiveServer, startLiveServer } from '../live/live-server.ts'
import { send } from '../live/load.ts'

/** Of 72 accelerators each: a million. */
export const DOMAINS = 13_888

/** Jobs with which the fleet is filled in part beside its services, by their accelerators. */
const FILL = [
  { tenant: 'pre-training', accelerators: 36_864, jobs: 2 },
  { tenant: 'pre-training', accelerators: 4_608, jobs: 20 },
  { tenant: 'post-training', accelerators: 576, jobs: 180 },
  { tenant: 'experiments', accelerators: 36, jobs: 1_500 },
  { tenant: 'batch', accelerators: 16, jobs: 2_500 },
] as const

const READY_MS = 180_000
/** Of all accelerators, so many at least are held before anything is measured. */
const LEAST_HELD = 0.5 * DOMAINS * 72

/** A server of a made-up fleet of 13,888 domains, most of which are held. */
export async function startFleetServer(): Promise<LiveServer> {
  const server = await startLiveServer(undefined, async (folder) => {
    const command = join(ROOT, 'packages/cli/bin/offtake.js')
    await runNode([command, 'generate', 'fleet', folder, '--domains', String(DOMAINS)])
  })
  await fill(server)
  return server
}

async function fill(server: LiveServer): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 32 })
  const jobs = FILL.flatMap(({ tenant, accelerators, jobs: count }) =>
    Array.from({ length: count }, () => ({
      tenant,
      accelerators,
      hardware: ['gb300-nvl72'],
      duration: '7d',
    })),
  )
  await Promise.all(jobs.map((body) => send(server, agent, { path: '/v1/jobs', body })))
  // Services grow to their size by themselves.
  const until = Date.now() + READY_MS
  for (let before = -1; ; ) {
    const held = await heldOf(server, agent)
    if (held === before && held > LEAST_HELD) break
    if (Date.now() > until) throw new Error(`only ${held} accelerators came to be held`)
    before = held
    await sleep(2_000)
  }
  agent.destroy()
}

async function heldOf(server: LiveServer, agent: Agent): Promise<number> {
  const answer = JSON.parse(await send(server, agent, { path: '/v1/pools?limit=500' })) as {
    readonly items: readonly { readonly accelerators: { readonly held: number } }[]
  }
  return answer.items.reduce((sum, { accelerators }) => sum + accelerators.held, 0)
}

import { Agent, get } from 'node:http'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { JOB } from './live-server.ts'
import { send, type Target } from './load.ts'

const STREAMS = 1_000
const EVENTS = 30

/** How long an event takes from its acknowledgement to the last of many open streams: the longest of several, in ms. */
export async function longestToReachAll(target: Target): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const seen = new Map<string, number>()
  const stops: (() => void)[] = []
  for (let n = 0; n < STREAMS; n++)
    stops.push(await openStream(target, (id) => seen.set(id, (seen.get(id) ?? 0) + 1)))
  let longest = 0
  for (let n = 0; n < EVENTS; n++) {
    const id = `seen-${process.pid}-${n}-${Math.round(performance.now())}`
    await send(target, agent, { path: '/v1/jobs', body: { ...JOB, id } })
    const acknowledged = performance.now()
    while ((seen.get(id) ?? 0) < STREAMS) await sleep(1)
    longest = Math.max(longest, performance.now() - acknowledged)
    await sleep(50)
  }
  for (const stop of stops) stop()
  agent.destroy()
  return longest
}

function openStream({ url, token }: Target, saw: (id: string) => void): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const asked = get(`${url}/v1/events`, { headers: { authorization: `Bearer ${token}` }, agent: false })
    asked.on('error', reject)
    asked.on('response', (response) => {
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        const id = /"kind":"submitted"[^\n]*?"id":"(seen-[\d-]+)"/.exec(chunk)?.[1]
        if (id !== undefined) saw(id)
      })
      response.on('error', () => undefined)
      resolve(() => asked.destroy())
    })
  })
}

import { Agent, request } from 'node:http'
import { performance } from 'node:perf_hooks'

/** What a load came to. */
export interface LoadResult {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
}

export interface Target {
  readonly url: string
  readonly token: string
}

/** A request of a load: its path, and its body where it has one. */
export interface Asked {
  readonly path: string
  readonly body?: object
  /** Of its own by default. */
  readonly key?: string
}

interface Load {
  readonly seconds: number
  readonly connections: number
  /** Sent at this rate whatever the answers take; as fast as they come where there is none. */
  readonly perSecond?: number
}

/** Sends requests for a while, every one with a key of its own. An answer that is not of 2xx is an error. */
export async function load(target: Target, next: () => Asked, options: Load): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections })
  const times: number[] = []
  const one = async (): Promise<void> => {
    const start = performance.now()
    await send(target, agent, next())
    times.push(performance.now() - start)
  }
  const start = performance.now()
  if (options.perSecond === undefined) await asFastAsTheyCome(one, start, options)
  else await atRate(one, start, options.seconds, options.perSecond)
  const seconds = (performance.now() - start) / 1_000
  agent.destroy()
  times.sort((a, b) => a - b)
  const quantile = (q: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * q))] ?? Number.NaN
  return { perSecond: times.length / seconds, p50Ms: quantile(0.5), p99Ms: quantile(0.99) }
}

async function asFastAsTheyCome(
  one: () => Promise<void>,
  start: number,
  { seconds, connections }: Load,
): Promise<void> {
  const until = start + seconds * 1_000
  const client = async (): Promise<void> => {
    while (performance.now() < until) await one()
  }
  await Promise.all(Array.from({ length: connections }, client))
}

/** A request that waits for a free connection waits in its own time: so the slowness of one is seen in those behind it. */
function atRate(
  one: () => Promise<void>,
  start: number,
  seconds: number,
  perSecond: number,
): Promise<unknown> {
  const asked: Promise<void>[] = []
  return new Promise<Promise<void>[]>((resolve) => {
    const timer = setInterval(() => {
      const elapsed = (performance.now() - start) / 1_000
      while (asked.length < elapsed * perSecond) asked.push(one())
      if (elapsed < seconds) return
      clearInterval(timer)
      resolve(asked)
    }, 1)
  }).then((all) => Promise.all(all))
}

let sent = 0

/** Whether it was done; where nobody knows, the same is to be asked again under the same key. */
export function tryToSend(target: Target, agent: Agent, asked: Asked): Promise<boolean> {
  return send(target, agent, asked).then(
    () => true,
    () => false,
  )
}

export function send({ url, token }: Target, agent: Agent, { path, body, key }: Asked): Promise<string> {
  const text = body === undefined ? undefined : JSON.stringify(body)
  sent += 1
  const headers = {
    authorization: `Bearer ${token}`,
    ...(text === undefined
      ? {}
      : {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
          'idempotency-key': key ?? `bench-${process.pid}-${sent}`,
        }),
  }
  return new Promise((resolve, reject) => {
    const asked = request(url + path, { agent, method: text === undefined ? 'GET' : 'POST', headers })
    asked.on('error', reject)
    asked.on('response', (response) => {
      let answer = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => {
        answer += chunk
      })
      response.on('error', reject)
      response.on('end', () => {
        const { statusCode = 0 } = response
        if (statusCode >= 200 && statusCode < 300) resolve(answer)
        else reject(new Error(`${path} answered ${statusCode}: ${answer.slice(0, 300)}`))
      })
    })
    asked.end(text)
  })
}

import { setTimeout as sleep } from 'node:timers/promises'
import { type Prng, prng } from '@offtake/core/base/prng'
import { aJob, aWindow, untilAnswered } from './patient-client.ts'
import { startServerProcess } from './server-process.ts'

const CLIENTS = 4

/** What clients were told before and between crashes. */
export interface CrashRun {
  /** Job by key, as it was acknowledged; whoever was not answered asked again until it was. */
  readonly acknowledged: ReadonlyMap<string, string>
  readonly cancelled: ReadonlySet<string>
  /** Windows that were booked, by key, and those of them that were given back. */
  readonly booked: ReadonlyMap<string, string>
  readonly givenBack: ReadonlySet<string>
  readonly kills: number
}

export interface CrashOptions {
  readonly database: string
  readonly kills: number
  readonly seed: number
  /** Kills the database's own process too, now and then, and starts it again. */
  readonly crashDatabase?: () => Promise<void>
}

/** Clients submit, book and cancel, each request with a key and again until it is answered, while the server is killed and started. */
export async function crashRun({ database, kills, seed, crashDatabase }: CrashOptions): Promise<CrashRun> {
  const chance = prng(seed).fork('crash')
  const told: Told = {
    acknowledged: new Map(),
    cancelled: new Set(),
    booked: new Map(),
    givenBack: new Set(),
  }
  let server = await startServerProcess({ database })
  let isOver = false
  const clients = Array.from({ length: CLIENTS }, (_, n) =>
    client(chance.fork(`client ${n}`), `client-${n}`, () => (isOver ? undefined : server.url), told),
  )
  for (let kill = 0; kill < kills; kill++) {
    await sleep(20 + chance.below(250))
    await untilAcknowledged(told, kill)
    if (crashDatabase && chance.below(4) === 0) await crashDatabase()
    else {
      await server.kill()
      server = await startServerProcess({ database })
    }
  }
  await sleep(100)
  await untilAcknowledged(told, kills)
  isOver = true
  await Promise.all(clients)
  await server.kill()
  return { ...told, kills }
}

/** A machine that is busy with something else gets through less between two kills, and must get through something. */
async function untilAcknowledged({ acknowledged }: Told, kills: number): Promise<void> {
  while (acknowledged.size <= kills) await sleep(10)
}

interface Told {
  readonly acknowledged: Map<string, string>
  readonly cancelled: Set<string>
  readonly booked: Map<string, string>
  readonly givenBack: Set<string>
}

/** Goes on until there is no address any more; what it has begun it finishes at the last one. */
async function client(
  chance: Prng,
  name: string,
  address: () => string | undefined,
  told: Told,
): Promise<void> {
  let last = address() ?? ''
  const url = (): string => {
    last = address() ?? last
    return last
  }
  for (let n = 0; address() !== undefined; n++) {
    const asking = { url, chance, key: `${name}-${n}` }
    if (chance.below(4) === 0) await bookOne(asking, told)
    else await submitOne(asking, told)
  }
}

interface Asking {
  readonly url: () => string
  readonly chance: Prng
  readonly key: string
}

async function submitOne({ url, chance, key }: Asking, { acknowledged, cancelled }: Told): Promise<void> {
  const job = await untilAnswered({ url, method: 'POST', path: '/v1/jobs', key, body: aJob(chance) })
  acknowledged.set(key, String(job.id))
  if (chance.below(3) > 0) return
  const path = `/v1/jobs/${job.id}/cancel`
  const answer = await untilAnswered({ url, method: 'POST', path, key: `${key}-cancel` })
  if (answer.state === 'cancelled') cancelled.add(String(job.id))
}

/** A window that finds no room is refused; one that was booked is given back now and then. */
async function bookOne({ url, chance, key: of }: Asking, { booked, givenBack }: Told): Promise<void> {
  const key = `${of}-window`
  const body = aWindow(chance, key)
  const window = await untilAnswered({ url, method: 'POST', path: '/v1/windows', key, body })
  if (window.because === 'noRoomForWindow') return
  if (window.state !== 'booked') throw new Error(`a booking was answered with ${JSON.stringify(window)}`)
  booked.set(key, String(window.id))
  if (chance.below(2) > 0) return
  const path = `/v1/windows/${window.id}/cancel`
  const answer = await untilAnswered({ url, method: 'POST', path, key: `${of}-give-back` })
  if (answer.id !== window.id) throw new Error(`a window was given back with ${JSON.stringify(answer)}`)
  givenBack.add(String(window.id))
}

import type { Adapter, RunEnd } from '@offtake/adapters/ports'
import type { JobSpec } from '@offtake/contract/api/job'
import type { Engine } from './engine.ts'
import { Refused } from './order.ts'

/** How long it waits before it reports an end again that could not be written. */
const RETRY_MS = 1_000

/** Tells the adapter of each pool what the engine decided, once it is durable, and the engine what an adapter saw end. */
export class Dispatch {
  readonly #engine: Engine
  readonly #adapterOf: (poolId: string) => Adapter
  readonly #stopListening: () => void
  /** What adapters were told to run, by gang. */
  readonly #told = new Map<string, { readonly stay: number; readonly adapter: Adapter }>()
  readonly #retries = new Set<NodeJS.Timeout>()

  constructor(engine: Engine, adapterOf: (poolId: string) => Adapter) {
    this.#engine = engine
    this.#adapterOf = adapterOf
    this.#stopListening = engine.listen({
      entry: ({ events }) => {
        for (const event of events) if ('gangId' in event) this.#follow(event.gangId)
      },
      recovered: () => this.#followAll(),
    })
    this.#followAll()
  }

  close(): void {
    this.#stopListening()
    for (const retry of this.#retries) clearTimeout(retry)
  }

  #followAll(): void {
    const alive = [...this.#engine.jobs.alive()].map(({ id }) => id)
    for (const gangId of new Set([...this.#told.keys(), ...alive])) this.#follow(gangId)
  }

  /** Makes the adapter run the gang as it is now, whatever it was told before. */
  #follow(gangId: string): void {
    const gang = this.#engine.allocator.state.gangs.get(gangId)
    const job = this.#engine.jobs.get(gangId)
    const stay = gang?.running ? gang.evictions : undefined
    const told = this.#told.get(gangId)
    if (told && told.stay !== stay) {
      told.adapter.stop({ gangId, stay: told.stay })
      this.#told.delete(gangId)
    }
    if (!gang || !job || stay === undefined || told?.stay === stay) return
    const adapter = this.#adapterOf(gang.parts[0]?.poolId ?? '')
    this.#told.set(gangId, { stay, adapter })
    const { parts, placedAt, speed, keptMs } = gang
    const spec: JobSpec = JSON.parse(job.spec)
    adapter.start({ gangId, stay, parts, placedAt, speed, keptMs, spec })
  }

  /** The key makes a report that is sent again the same one; a run that was stopped in between has nothing to report. */
  report(end: RunEnd): void {
    const { gangId, stay, exitCode } = end
    const gang = this.#engine.allocator.state.gangs.get(gangId)
    if (!gang?.running || gang.evictions !== stay) return
    const command = { kind: 'finish' as const, gangId }
    this.#engine.submit({ command, actor: 'adapter', key: `${gangId}#${stay}`, exitCode }).catch((error) => {
      if (error instanceof Refused) return
      const retry = setTimeout(() => {
        this.#retries.delete(retry)
        this.report(end)
      }, RETRY_MS)
      this.#retries.add(retry)
    })
  }
}

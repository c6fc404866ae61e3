import { Alarm, RETRY_MS } from '@offtake/adapters/alarm'
import { instant } from '@offtake/core/base/instant'
import { replicaMaker } from '@offtake/core/simulation/replicas'
import type { Kysely } from 'kysely'
import type { Engine } from '../engine/engine.ts'
import { Refused } from '../engine/order.ts'
import { hasNewPortfolio } from '../portfolio/change.ts'
import type { Tables } from '../store/tables.ts'
import { planReplicas, type Replica } from './plan-replicas.ts'
import { QuickEnds } from './quick-ends.ts'
import { replicaName, replicasByService, serviceOfGang } from './replicas-of.ts'
import { type Stated, statedServices, wantedAt } from './stated-services.ts'

const ACTOR = 'services'
/** Orders that are given at once. */
const AT_ONCE = 500

/** What a desk order answers that changed services, so that their keeper looks at once. */
function hasNewServices(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'serviceChanged' in result
}

/**
 * Sees to it that as many replicas of each service are asked for as are wanted at the moment, and stops those that are not. What it
 * knows beside the engine and the tables is which replicas drain, and until when: where another one takes over they drain anew.
 */
export class ReplicaKeeper {
  readonly #engine: Engine
  readonly #db: Kysely<Tables>
  readonly #clock: () => number
  readonly #stopListening: () => void
  readonly #quickEnds = new QuickEnds()
  #draining: ReadonlyMap<string, number> = new Map()
  #next = new Map<string, number>()
  readonly #alarm = new Alarm(() => this.#run())
  #isBusy = false
  #isDue = false

  constructor(engine: Engine, db: Kysely<Tables>, clock: () => number) {
    this.#engine = engine
    this.#db = db
    this.#clock = clock
    this.#stopListening = engine.listen({
      entry: ({ events, result }) => {
        for (const event of events) {
          if (event.kind === 'placed') this.#quickEnds.noteStart(event.gangId, clock())
          if (event.kind !== 'finished' && event.kind !== 'cancelled') continue
          const service = serviceOfGang(event.gangId)
          if (service === undefined) continue
          this.#quickEnds.noteEnd(service, event.gangId, event.kind === 'cancelled' ? undefined : clock())
          this.look()
        }
        if (hasNewServices(result) || hasNewPortfolio(result)) this.look()
      },
      recovered: () => this.look(),
    })
  }

  close(): void {
    this.#alarm.close()
    this.#stopListening()
  }

  /** Looks at all services soon; what happens meanwhile is looked at after that. */
  look(): void {
    this.#isDue = true
    if (!this.#isBusy) this.#alarm.set(0)
  }

  async #run(): Promise<void> {
    this.#isBusy = true
    this.#isDue = false
    const pause = await this.#settle().catch(() => RETRY_MS)
    this.#isBusy = false
    this.#alarm.set(this.#isDue ? 0 : pause)
  }

  /** Returns after how long it must look again, if nothing happens. */
  async #settle(): Promise<number> {
    const stated = await statedServices(this.#db)
    const byService = replicasByService(this.#engine.jobs.alive(), (id) => stated.get(id)?.form)
    const draining = new Map<string, number>()
    const orders: (() => Promise<unknown>)[] = []
    let next = Number.POSITIVE_INFINITY
    for (const id of new Set([...stated.keys(), ...byService.keys()])) {
      const now = this.#clock()
      const one = stated.get(id)
      const wanted = one ? wantedAt(one.service.demand, instant(now)) : { replicas: 0, until: next }
      const plan = planReplicas(wanted.replicas, byService.get(id) ?? [], this.#draining, {
        now,
        drainMs: one?.service.replica.drainMs ?? 0,
      })
      for (const [gangId, due] of plan.draining) draining.set(gangId, due)
      orders.push(...plan.stop.map((gangId) => () => this.#stop(gangId)))
      const pausedUntil = plan.start > 0 ? this.#quickEnds.pausedUntil(id) : 0
      if (one && pausedUntil <= now) orders.push(...this.#starts(one, plan.start, byService.get(id) ?? []))
      next = Math.min(
        next,
        wanted.until,
        ...plan.draining.values(),
        ...(pausedUntil > now ? [pausedUntil] : []),
      )
    }
    this.#draining = draining
    for (let n = 0; n < orders.length && !this.#alarm.isClosed; n += AT_ONCE)
      await Promise.all(orders.slice(n, n + AT_ONCE).map((give) => give()))
    return next - this.#clock()
  }

  #starts(one: Stated, count: number, alive: readonly Replica[]): (() => Promise<unknown>)[] {
    if (count === 0) return []
    const { service, command, form } = one
    const make = replicaMaker(service)
    const { gangs } = this.#engine.allocator.state
    let n = this.#next.get(service.id) ?? 1 + Math.max(-1, ...alive.map((replica) => replica.n))
    const orders: (() => Promise<unknown>)[] = []
    while (orders.length < count) {
      const id = replicaName(service.id, n++)
      if (gangs.isKnown(id)) continue
      const spec = JSON.stringify({ name: service.id, ...(command ? { command } : {}), form })
      const order = { command: { kind: 'submit' as const, gang: make(id) }, spec, actor: ACTOR, key: id }
      orders.push(() => this.#engine.submit(order).catch((error) => this.#refused(error, service.id)))
    }
    this.#next.set(service.id, n)
    return orders
  }

  #stop(gangId: string): Promise<unknown> {
    const command = { kind: 'cancel' as const, gangId }
    // One that has ended meanwhile need not be stopped.
    return this.#engine.submit({ command, actor: ACTOR, key: `stop ${gangId}` }).catch((error) => {
      if (!(error instanceof Refused)) throw error
    })
  }

  /** What the allocator does not take now it may take later: a tenant may come to be. */
  #refused(error: unknown, service: string): void {
    if (!(error instanceof Refused)) throw error
    this.#quickEnds.noteRefusal(service, this.#clock())
  }
}

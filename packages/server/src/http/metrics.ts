import { showMetrics } from '@offtake/contract/api/feed-routes'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Engine } from '../engine/engine.ts'
import type { Seat } from '../engine/seat.ts'
import { type Endpoint, endpoint } from './endpoint.ts'

export interface Metrics {
  readonly endpoints: readonly Endpoint[]
  /** Counts an answer by its route. */
  readonly answered: (route: string, status: number, seconds: number) => void
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** What happens in this process in numbers: names and units as Prometheus has them. */
export function createMetrics(seat: Seat): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'offtake_' })
  const requests = new Histogram({
    name: 'offtake_http_request_seconds',
    help: 'Time to answer, by route and status',
    labelNames: ['route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  })
  const entries = new Counter({
    name: 'offtake_journal_entries_total',
    help: 'Entries of the journal that became durable while this process looked',
    registers: [registry],
  })
  const events = new Counter({
    name: 'offtake_events_total',
    help: 'Events of the allocator, by kind',
    labelNames: ['kind'],
    registers: [registry],
  })
  seat.listen({
    entry: (outcome) => {
      entries.inc()
      for (const { kind } of outcome.events) events.inc({ kind })
    },
  })
  gaugesOf(seat, registry)
  return {
    answered: (route, status, seconds) => requests.observe({ route, status: String(status) }, seconds),
    endpoints: [
      endpoint(showMetrics, async ({ raw: { reply } }) => {
        await reply.type(registry.contentType).send(await registry.metrics())
        return undefined
      }),
    ],
  }
}

/** Looked at when they are asked for. */
function gaugesOf(seat: Seat, registry: Registry): void {
  const gauge = (name: string, help: string, value: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value())
      },
    })
  }
  gauge('offtake_leads', 'Whether this process leads', () => (seat.leads ? 1 : 0))
  gauge('offtake_journal_seq', 'The last durable entry that is known here', () => seat.seq)
  const states = new Gauge({
    name: 'offtake_jobs',
    help: 'Jobs that have not ended, by state; of the process that leads',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      if (!seat.leads) return this.reset()
      const counts = countsOf(seat)
      for (const state of ['waiting', 'running']) this.set({ state }, counts.get(state) ?? 0)
    },
  })
  states.set({ state: 'waiting' }, 0)
}

function countsOf({ jobs }: Engine): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { state } of jobs.alive()) counts.set(state, (counts.get(state) ?? 0) + 1)
  return counts
}

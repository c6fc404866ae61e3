import { followEvents } from '@offtake/contract/api/feed-routes'
import type { AllocationEvent } from '@offtake/core/allocation/events'
import type { FastifyReply } from 'fastify'
import type { Kysely } from 'kysely'
import type { Engine } from '../engine/engine.ts'
import { entriesAfter } from '../store/journal.ts'
import type { Tables } from '../store/tables.ts'
import { type Endpoint, endpoint } from './endpoint.ts'

/** How often a stream that has nothing to say shows that it is there. */
const HEARTBEAT_MS = 15_000

/** What a slow reader may leave unread before it is cut off; it resumes where it was. */
const MOST_UNREAD_BYTES = 4_194_304

export interface EventFeed {
  readonly endpoints: readonly Endpoint[]
  /** Ends all streams; who follows may resume elsewhere. */
  readonly close: () => void
}

/** `GET /v1/events`: what happens, as it becomes durable, as server-sent events that resume by Last-Event-ID. */
export function eventFeed(engine: Engine, db: Kysely<Tables>): EventFeed {
  const readers = new Set<Reader>()
  engine.listen({
    entry({ seq, events }) {
      if (readers.size === 0) return
      const text = messageOf(seq, events)
      for (const reader of readers) reader.send(seq, text)
    },
    recovered() {
      for (const reader of readers) void reader.catchUp(db)
    },
  })
  const heartbeat = setInterval(() => {
    for (const reader of readers) reader.beat()
  }, HEARTBEAT_MS)
  const endpoints = [
    endpoint(followEvents, async ({ query, raw: { request, reply } }) => {
      const asked = Number(request.headers['last-event-id'] ?? query.after ?? engine.seq)
      const reader = new Reader(reply, Number.isSafeInteger(asked) && asked >= 0 ? asked : engine.seq)
      readers.add(reader)
      reply.raw.once('close', () => readers.delete(reader))
      await reader.catchUp(db)
      return undefined
    }),
  ]
  const close = (): void => {
    clearInterval(heartbeat)
    for (const reader of readers) reader.end()
  }
  return { endpoints, close }
}

function messageOf(seq: number, events: readonly AllocationEvent[]): string {
  return `id: ${seq}\ndata: ${JSON.stringify(events)}\n\n`
}

/** One open stream. What comes while it reads the past waits until that is sent. */
class Reader {
  readonly #reply: FastifyReply
  readonly #held: { readonly seq: number; readonly text: string }[] = []
  #sent: number
  #isCatchingUp = true

  constructor(reply: FastifyReply, after: number) {
    this.#reply = reply
    this.#sent = after
    reply.hijack()
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    reply.raw.write(': welcome\n\n')
  }

  async catchUp(db: Kysely<Tables>): Promise<void> {
    this.#isCatchingUp = true
    for await (const page of entriesAfter(db, this.#sent))
      for (const row of page) this.#write(row.seq, messageOf(row.seq, JSON.parse(row.events)))
    this.#isCatchingUp = false
    for (const { seq, text } of this.#held.splice(0)) this.#write(seq, text)
  }

  send(seq: number, text: string): void {
    if (this.#isCatchingUp) this.#held.push({ seq, text })
    else this.#write(seq, text)
  }

  beat(): void {
    this.#reply.raw.write(': still here\n\n')
  }

  end(): void {
    this.#reply.raw.end()
  }

  #write(seq: number, text: string): void {
    if (seq <= this.#sent) return
    this.#sent = seq
    this.#reply.raw.write(text)
    if (this.#reply.raw.writableLength > MOST_UNREAD_BYTES) this.#reply.raw.destroy()
  }
}

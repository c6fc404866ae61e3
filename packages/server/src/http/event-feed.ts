import { followEvents } from '@offtake/contract/api/feed-routes'
import type { AllocationEvent } from '@offtake/core/allocation/events'
import type { FastifyReply } from 'fastify'
import type { Kysely } from 'kysely'
import { type Actor, seesAll } from '../access/actor.ts'
import { sees, type Tenants } from '../access/tenancy.ts'
import type { Engine } from '../engine/engine.ts'
import { Problem } from '../problem.ts'
import { entriesAfter } from '../store/journal.ts'
import type { JournalRow, Tables } from '../store/tables.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { GangTenants } from './own-events.ts'

/** How often a stream that has nothing to say shows that it is there. */
const HEARTBEAT_MS = 15_000

/** How often it is asked whether who follows may still do so. */
const LOOK_MS = 1_000

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
  const gangs = new GangTenants(db)
  const tenants: Tenants = () => engine.allocator.state.tenants
  engine.listen({
    entry({ seq, events }, written) {
      if (readers.size === 0) return
      const text = messageOf(seq, written)
      for (const reader of readers) reader.send({ seq, events, text })
    },
    recovered() {
      for (const reader of readers) reader.catchUp(db)
    },
  })
  const heartbeat = setInterval(() => {
    for (const reader of readers) reader.beat()
  }, HEARTBEAT_MS)
  const look = setInterval(() => {
    for (const reader of readers) void reader.look()
  }, LOOK_MS)
  const endpoints = [
    endpoint(followEvents, async ({ query, actor, raw: { request, reply, again } }) => {
      const show = seesAll(actor) ? showAll : showOwn(actor, gangs, tenants)
      const after = seenBefore(request.headers['last-event-id'] ?? query.after, engine.seq)
      const reader = new Reader(reply, { after, show, again })
      readers.add(reader)
      reply.raw.once('close', () => readers.delete(reader))
      reader.catchUp(db)
      return undefined
    }),
  ]
  const close = (): void => {
    clearInterval(heartbeat)
    clearInterval(look)
    for (const reader of readers) reader.end()
  }
  return { endpoints, close }
}

/** The last entry that somebody has seen; only what is new follows where they say none, or one of another journal. */
function seenBefore(said: string | string[] | number | undefined, last: number): number {
  return /^\d+$/.test(String(said)) ? Math.min(Number(said), last) : last
}

interface Entry {
  readonly seq: number
  readonly events: readonly AllocationEvent[]
  /** All of it as it is sent to whoever may see all. */
  readonly text: string
}

/** What of an entry somebody is sent; nothing where none of it is theirs to see. */
type Show = (entry: Entry) => string | Promise<string>

const showAll: Show = ({ text }) => text

/** Where the engine is elsewhere this fails, and whoever asks is sent there: which tenants are below which is known there. */
function showOwn(actor: Actor, gangs: GangTenants, tenants: Tenants): Show {
  tenants()
  return async ({ seq, events }) => {
    const own = await gangs.own(events, (tenant) => sees(actor, tenant, tenants))
    return own.length === 0 ? '' : messageOf(seq, JSON.stringify(own))
  }
}

/** An entry of the journal, whose events are read where somebody looks at them. */
function entryOf({ seq, events }: JournalRow): Entry {
  return {
    seq,
    text: messageOf(seq, events),
    get events() {
      return JSON.parse(events)
    },
  }
}

function messageOf(seq: number, events: string): string {
  return `id: ${seq}\ndata: ${events}\n\n`
}

interface ReaderOptions {
  /** The last entry that it has seen. */
  readonly after: number
  readonly show: Show
  readonly again: () => Promise<Actor>
}

/** One open stream. What comes while it reads the past, or finds out whose something is, waits until that is sent. */
class Reader {
  readonly #reply: FastifyReply
  readonly #show: Show
  readonly #again: () => Promise<Actor>
  readonly #waiting: Entry[] = []
  #sent: number
  /** How much goes on for which what comes has to wait. */
  #pauses = 0
  #past: Promise<void> = Promise.resolve()

  constructor(reply: FastifyReply, { after, show, again }: ReaderOptions) {
    this.#reply = reply
    this.#show = show
    this.#again = again
    this.#sent = after
    reply.hijack()
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    reply.raw.write(': welcome\n\n')
  }

  catchUp(db: Kysely<Tables>): void {
    const past = this.#past.then(() => this.#readPast(db))
    this.#past = this.#whilePaused(past)
  }

  send(entry: Entry): void {
    this.#waiting.push(entry)
    this.#goOn()
  }

  beat(): void {
    this.#reply.raw.write(': still here\n\n')
  }

  /** Ends where its token is good no more; that nobody can tell ends nothing. */
  async look(): Promise<void> {
    try {
      await this.#again()
    } catch (error) {
      if (error instanceof Problem && error.code === 'unauthorized') this.end()
    }
  }

  end(): void {
    this.#reply.raw.end()
  }

  #goOn(): void {
    while (this.#pauses === 0) {
      const entry = this.#waiting.shift()
      if (!entry) return
      const shown = this.#show(entry)
      if (typeof shown === 'string') this.#write(entry.seq, shown)
      else void this.#whilePaused(shown.then((text) => this.#write(entry.seq, text)))
    }
  }

  /** Where it fails the stream ends, and whoever follows resumes where it was. */
  async #whilePaused(work: Promise<void>): Promise<void> {
    this.#pauses += 1
    try {
      await work
    } catch {
      this.end()
    }
    this.#pauses -= 1
    this.#goOn()
  }

  async #readPast(db: Kysely<Tables>): Promise<void> {
    for await (const page of entriesAfter(db, this.#sent))
      for (const row of page) this.#write(row.seq, await this.#show(entryOf(row)))
  }

  #write(seq: number, text: string): void {
    if (seq <= this.#sent) return
    this.#sent = seq
    if (text === '' || this.#reply.raw.writableEnded) return
    this.#reply.raw.write(text)
    if (this.#reply.raw.writableLength > MOST_UNREAD_BYTES) this.#reply.raw.destroy()
  }
}

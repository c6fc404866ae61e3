import { followEvents } from '@offtake/contract/api/feed-routes'
import type { QueryClient } from '@tanstack/react-query'
import { concernedBy } from './concerns.ts'

/** How the stream of events is doing. */
export type FeedState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** Cut off since then; it is tried again by itself, and resumes where it was. */
  | { readonly kind: 'lost'; readonly since: number }

/** What an entry of the journal says that has happened. */
export interface FeedEntry {
  readonly seq: number
  readonly events: readonly { readonly kind: string }[]
}

/** How long what has changed is gathered before it is read anew: a busy server would else be asked all the time. */
const GATHER_MS = 700

/** How long it waits before it asks again, where the browser has given up. */
const AGAIN_MS = 1_500

/** Follows what happens, says how the stream does, and has read anew what may have changed. */
export class Feed {
  readonly #queries: QueryClient
  readonly #watchers = new Set<() => void>()
  readonly #listeners = new Set<(entry: FeedEntry) => void>()
  readonly #concerned = new Set<string>()
  #source: EventSource | undefined
  #state: FeedState = { kind: 'connecting' }
  #seq: number | undefined
  #gathering: ReturnType<typeof setTimeout> | undefined
  #again: ReturnType<typeof setTimeout> | undefined

  constructor(queries: QueryClient) {
    this.#queries = queries
  }

  get state(): FeedState {
    return this.#state
  }

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  /** Tells of each entry as it comes. */
  readonly listen = (listener: (entry: FeedEntry) => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  open(): void {
    this.close()
    const after = this.#seq === undefined ? '' : `?after=${this.#seq}`
    const source = new EventSource(followEvents.path + after)
    this.#source = source
    source.onopen = () => this.#opened()
    source.onmessage = (message) => this.#heard(message)
    source.onerror = () => this.#failed(source)
  }

  close(): void {
    clearTimeout(this.#again)
    this.#source?.close()
    this.#source = undefined
  }

  #opened(): void {
    const wasLost = this.#state.kind === 'lost'
    this.#become({ kind: 'live' })
    // What was missed comes by itself; what had failed meanwhile is asked again.
    if (wasLost) void this.#queries.invalidateQueries({}, { cancelRefetch: false })
  }

  #heard({ data, lastEventId }: MessageEvent<string>): void {
    const seq = Number(lastEventId)
    this.#seq = seq
    const events = JSON.parse(data) as FeedEntry['events']
    for (const listener of this.#listeners) listener({ seq, events })
    for (const id of concernedBy(events.map(({ kind }) => kind))) this.#concerned.add(id)
    this.#gathering ??= setTimeout(() => this.#readAnew(), GATHER_MS)
  }

  #failed(source: EventSource): void {
    if (this.#state.kind !== 'lost') this.#become({ kind: 'lost', since: Date.now() })
    // The browser tries again after a cut, but gives up where the server answers that it cannot.
    if (source.readyState === EventSource.CLOSED) this.#again = setTimeout(() => this.open(), AGAIN_MS)
  }

  #readAnew(): void {
    this.#gathering = undefined
    const concerned = new Set(this.#concerned)
    this.#concerned.clear()
    void this.#queries.invalidateQueries(
      { predicate: ({ queryKey: [id] }) => concerned.has(String(id)) },
      { cancelRefetch: false },
    )
  }

  #become(state: FeedState): void {
    this.#state = state
    for (const watcher of this.#watchers) watcher()
  }
}

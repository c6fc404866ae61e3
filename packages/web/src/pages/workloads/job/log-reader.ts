import { ApiClient } from '@offtake/contract/api/client'
import { readLog } from '@offtake/contract/api/job-routes'
import { ProblemError } from '../../../api/problem-error.ts'
import { LogLines } from './log-lines.ts'

/** How the reading of a log is doing. */
export type LogState =
  | { readonly kind: 'opening' }
  | { readonly kind: 'following' }
  /** Cut off; it is asked again by itself. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'ended' }
  | { readonly kind: 'none'; readonly error: ProblemError }

const client = new ApiClient('')
const AGAIN_MS = 1_500

/** What a process says, as it says it. */
export class LogReader {
  readonly #id: string
  readonly #stay: number | undefined
  readonly #follows: boolean
  readonly #watchers = new Set<() => void>()
  #lines = new LogLines()
  #state: LogState = { kind: 'opening' }
  #abort = new AbortController()
  #version = 0
  #painting: number | undefined
  /** Whether more may come, once a stream has come to its end. */
  isAlive = true

  /** Follows the latest stay on, or reads what was said in one that is over. */
  constructor(id: string, stay: number | undefined) {
    this.#id = id
    this.#stay = stay
    this.#follows = stay === undefined
  }

  get lines(): LogLines {
    return this.#lines
  }

  get state(): LogState {
    return this.#state
  }

  /** Counts up with whatever changes. */
  get version(): number {
    return this.#version
  }

  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  async follow(): Promise<void> {
    this.#abort.abort()
    const abort = new AbortController()
    this.#abort = abort
    while (!abort.signal.aborted) {
      const went = await this.#readOnce(abort.signal)
      if (abort.signal.aborted) return
      if (went !== 'again') return this.#become(went)
      this.#become({ kind: 'lost' })
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    }
  }

  stop(): void {
    this.#abort.abort()
    this.#become({ kind: 'stopped' })
  }

  close(): void {
    this.#abort.abort()
    if (this.#painting !== undefined) cancelAnimationFrame(this.#painting)
  }

  async #readOnce(signal: AbortSignal): Promise<LogState | 'again'> {
    try {
      const query = this.#stay === undefined ? ({ follow: 'true' } as const) : { stay: this.#stay }
      const answer = await client.send(readLog, { params: { id: this.#id }, query }, { signal })
      if (!answer.ok) return await whatFailed(answer)
      // A stream begins with all that was said so far.
      this.#lines = new LogLines()
      this.#become({ kind: 'following' })
      const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
      for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
        this.#lines.append(piece.value)
        this.#paintSoon()
      }
      return this.isAlive && this.#follows ? 'again' : { kind: 'ended' }
    } catch {
      return 'again'
    }
  }

  /** At most once a frame, however fast it comes. */
  #paintSoon(): void {
    this.#painting ??= requestAnimationFrame(() => {
      this.#painting = undefined
      this.#tell()
    })
  }

  #become(state: LogState): void {
    this.#state = state
    this.#tell()
  }

  #tell(): void {
    this.#version += 1
    for (const watcher of this.#watchers) watcher()
  }
}

async function whatFailed(answer: Response): Promise<LogState | 'again'> {
  if (answer.status === 503 || answer.status === 429 || answer.status >= 500) return 'again'
  return { kind: 'none', error: new ProblemError(await answer.json()) }
}

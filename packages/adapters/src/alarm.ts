/** What a timer can wait for at most. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1

/** How long it waits before it rings again where what it rang for has failed. */
export const RETRY_MS = 1_000

/**
 * Rings after a pause for work that looks by itself at what is due: a longer pause than a timer can take rings before its time. Where
 * the work fails, it is done again; once closed, nothing rings.
 */
export class Alarm {
  readonly #work: () => Promise<unknown>
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(work: () => Promise<unknown>) {
    this.#work = work
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Rings after so long, and not when it would have. */
  set(pauseMs: number): void {
    clearTimeout(this.#timer)
    if (this.#isClosed) return
    this.#timer = setTimeout(
      () => void this.#work().catch(() => this.set(RETRY_MS)),
      Math.min(LONGEST_TIMER_MS, Math.max(0, pauseMs)),
    )
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
  }
}

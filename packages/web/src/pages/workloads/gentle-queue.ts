/** How long it rests at most between two, in milliseconds. */
const LONGEST_REST_MS = 10_000

/** How long it rests for as long as the one before took. */
const REST = 3

/**
 * Carries out one after the other, and rests after each for three times as long as it took: what is asked of a server that way takes
 * a quarter of its time, however much is asked.
 */
export class GentleQueue {
  readonly #clock: () => number
  readonly #sleep: (ms: number) => Promise<void>
  #last: Promise<void> = Promise.resolve()

  constructor(clock: () => number, sleep: (ms: number) => Promise<void>) {
    this.#clock = clock
    this.#sleep = sleep
  }

  /** Does it in its turn; not at all where nobody wants it any more by then. */
  run<Value>(task: () => Promise<Value>, signal?: AbortSignal): Promise<Value> {
    const done = this.#last.then(async () => {
      signal?.throwIfAborted()
      return this.#timed(task)
    })
    this.#last = done.then(
      ({ rest }) => this.#sleep(rest),
      () => undefined,
    )
    return done.then(({ value }) => value)
  }

  async #timed<Value>(task: () => Promise<Value>): Promise<{ value: Value; rest: number }> {
    const start = this.#clock()
    const value = await task()
    return { value, rest: Math.min(LONGEST_REST_MS, REST * (this.#clock() - start)) }
  }
}

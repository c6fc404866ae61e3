/** What a timer can wait for at most. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** The cluster that is not there: it holds runs by name, each until its end. */
export class FakeCluster {
  readonly #timers = new Map<string, NodeJS.Timeout>()
  readonly #clock: () => number

  constructor(clock: () => number) {
    this.#clock = clock
  }

  has(name: string): boolean {
    return this.#timers.has(name)
  }

  /** Runs something until a moment, and tells when it is over. */
  run(name: string, until: number, ended: () => void): void {
    const pause = until - this.#clock()
    const timer = setTimeout(
      () => {
        if (pause > LONGEST_TIMER_MS) return this.run(name, until, ended)
        this.#timers.delete(name)
        ended()
      },
      Math.min(LONGEST_TIMER_MS, Math.max(0, pause)),
    )
    this.#timers.set(name, timer)
  }

  remove(name: string): void {
    clearTimeout(this.#timers.get(name))
    this.#timers.delete(name)
  }

  clear(): void {
    for (const name of [...this.#timers.keys()]) this.remove(name)
  }
}

import { Alarm } from '../alarm.ts'

/** The cluster that is not there: it holds runs by name, each until its end. */
export class FakeCluster {
  readonly #ends = new Map<string, Alarm>()
  readonly #clock: () => number

  constructor(clock: () => number) {
    this.#clock = clock
  }

  has(name: string): boolean {
    return this.#ends.has(name)
  }

  /** Runs something until a moment, and tells when it is over. */
  run(name: string, until: number, ended: () => void): void {
    const alarm = new Alarm(async () => {
      const left = until - this.#clock()
      if (left > 0) return alarm.set(left)
      this.#ends.delete(name)
      ended()
    })
    this.#ends.set(name, alarm)
    alarm.set(until - this.#clock())
  }

  remove(name: string): void {
    this.#ends.get(name)?.close()
    this.#ends.delete(name)
  }

  clear(): void {
    for (const name of [...this.#ends.keys()]) this.remove(name)
  }
}

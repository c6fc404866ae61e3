import type { Adapter, Run, RunEnd, RunName } from '../ports.ts'
import { FakeCluster } from './client.ts'
import { endSeen } from './observe.ts'
import { endOf, nameOf } from './translate.ts'

/** Ends each gang when its stated duration is over, on a clock that may run faster than the real one. */
export class FakeAdapter implements Adapter {
  readonly kind = 'fake'
  readonly isSimulated = true
  readonly #cluster: FakeCluster
  readonly #ended: (end: RunEnd) => void
  readonly #speed: number

  constructor(clock: () => number, speed: number, ended: (end: RunEnd) => void) {
    this.#cluster = new FakeCluster(clock)
    this.#speed = speed
    this.#ended = ended
  }

  start(run: Run): void {
    const name = nameOf(run)
    const end = endOf(run, this.#speed)
    if (end === undefined || this.#cluster.has(name)) return
    this.#cluster.run(name, end, () => this.#ended(endSeen(run)))
  }

  stop(run: RunName): void {
    this.#cluster.remove(nameOf(run))
  }

  close(): void {
    this.#cluster.clear()
  }
}

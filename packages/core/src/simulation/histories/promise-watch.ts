import type { AllocationState } from '../../allocation/allocation-state.ts'
import type { AllocationEvent } from '../../allocation/events.ts'
import type { Breach } from './breach.ts'

/**
 * Holds every start against the earliest moment that its gang was ever promised. A promise counts where no gang ahead could
 * sit in the same pool: such a one goes first wherever it finds room; and where nothing is booked: a window may be booked later,
 * and whoever had to leave its room goes first.
 */
export class PromiseWatch {
  readonly #promised = new Map<string, number>()

  /** To be told what each command led to. */
  compare(events: readonly AllocationEvent[], state: AllocationState): Breach[] {
    const breaches = events.flatMap((event) => {
      if (event.kind !== 'placed') return []
      const promised = this.#promised.get(event.gangId)
      this.#promised.delete(event.gangId)
      if (promised === undefined || event.at <= promised) return []
      return [{ rule: 'startsAsPromised', subject: event.gangId, expected: promised, found: event.at }]
    })
    this.#note(state)
    return breaches
  }

  #note({ pools, queue, windows }: AllocationState): void {
    if (windows.size > 0) return this.#promised.clear()
    const wantedAhead = new Set<number>()
    for (const { gang, shape } of queue) {
      const promised = pools.filter(({ reservation }) => reservation?.gangId === gang.id)
      const start = promised[0]?.reservation?.opening.start
      if (start !== undefined && !promised.some(({ number }) => wantedAhead.has(number)))
        this.#promised.set(gang.id, Math.min(start, this.#promised.get(gang.id) ?? start))
      for (const number of shape.pools.flat()) wantedAhead.add(number)
    }
  }
}

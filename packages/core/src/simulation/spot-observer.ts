import { type AllocationEvent, acceleratorsOfPart, type Part } from '../allocation/events.ts'
import { HOUR_MS } from '../base/instant.ts'

/** What the loss of spot capacity did within the window. */
export interface SpotLosses {
  /** Nodes taken away, each time counted. */
  readonly nodes: number
  /** Gangs that were stopped by that. */
  readonly gangsStopped: number
  /** Accelerator-hours of work that those lost since their last save. */
  readonly lostHours: number
}

export class SpotObserver {
  readonly #accelerators = new Map<string, number>()
  #nodes = 0
  #gangsStopped = 0
  #lostMs = 0

  observe(event: AllocationEvent): void {
    switch (event.kind) {
      case 'outageBegan':
        if (event.because === 'spotLost')
          this.#nodes += event.nodes.reduce((sum, { nodes }) => sum + nodes, 0)
        return
      case 'placed':
        this.#accelerators.set(event.gangId, sizeOf(event.parts))
        return
      case 'evicted':
        if (event.because !== 'spotLost') return
        this.#gangsStopped += 1
        this.#lostMs += event.lostMs * (this.#accelerators.get(event.gangId) ?? 0)
        return
      case 'finished':
      case 'cancelled':
        this.#accelerators.delete(event.gangId)
        return
      default:
        return
    }
  }

  finish(): SpotLosses {
    return { nodes: this.#nodes, gangsStopped: this.#gangsStopped, lostHours: this.#lostMs / HOUR_MS }
  }
}

function sizeOf(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + acceleratorsOfPart(part), 0)
}

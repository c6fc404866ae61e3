import type { AllocationEvent, Part, PoolNodes } from '../allocation/events.ts'
import { acceleratorsOfPart } from '../allocation/events.ts'
import { HOUR_MS, type Instant } from '../base/instant.ts'
import type { OutageScope } from '../capacity/outage-scope.ts'

/** What one outage did. */
export interface OutageEffect {
  readonly id: string
  readonly of: OutageScope
  readonly from: Instant
  /** When it ended; absent where it holds at the window's end. */
  readonly until?: Instant
  /** When it was told, where that was before it began. */
  readonly announced?: Instant
  /** That went out of service with it. */
  readonly accelerators: number
  /** Of those, until it ended. */
  readonly outHours: number
  readonly gangsStopped: number
  /** Accelerator-hours of work that those lost since their last save. */
  readonly lostHours: number
  /** How many of them ran again, and after how long on average; those are told that ran within the window. */
  readonly restarted: number
  readonly meanHoursToRestart: number
}

interface Counted {
  readonly id: string
  readonly of: OutageScope
  readonly from: Instant
  readonly announced: Instant | undefined
  until: Instant | undefined
  readonly accelerators: number
  gangsStopped: number
  lostMs: number
  restarted: number
  restartMs: number
}

/** Tells of every outage whom it stopped, and what that cost. */
export class OutageObserver {
  readonly #outages: Counted[] = []
  readonly #announced = new Map<string, Instant>()
  readonly #sizes = new Map<string, number[]>()
  readonly #parts = new Map<string, readonly Part[]>()
  readonly #stopped = new Map<string, { readonly by: Counted; readonly at: Instant }>()

  observe(event: AllocationEvent): void {
    switch (event.kind) {
      case 'nodesAdded':
        return this.#add(event)
      case 'placed':
        this.#parts.set(event.gangId, event.parts)
        return this.#restart(event.gangId, event.at)
      case 'evicted':
        return this.#evict(event)
      case 'finished':
      case 'cancelled':
        this.#parts.delete(event.gangId)
        this.#stopped.delete(event.gangId)
        return
      case 'drainBegan':
        this.#announced.set(event.outageId, event.at)
        return
      case 'outageBegan':
        // Spot capacity is counted by itself: it is taken back all the time.
        return event.because === 'spotLost' ? undefined : this.#begin(event)
      case 'outageEnded':
        return this.#end(event.outageId, event.at)
      default:
    }
  }

  /** In the order in which they began. */
  finish(until: Instant): readonly OutageEffect[] {
    return this.#outages.map(({ id, of, from, announced, accelerators, gangsStopped, ...counted }) => ({
      id,
      of,
      from,
      ...(counted.until === undefined ? {} : { until: counted.until }),
      ...(announced === undefined ? {} : { announced }),
      accelerators,
      outHours: (accelerators * ((counted.until ?? until) - from)) / HOUR_MS,
      gangsStopped,
      lostHours: counted.lostMs / HOUR_MS,
      restarted: counted.restarted,
      meanHoursToRestart: counted.restarted > 0 ? counted.restartMs / counted.restarted / HOUR_MS : 0,
    }))
  }

  #add({ poolId, nodes }: Extract<AllocationEvent, { kind: 'nodesAdded' }>): void {
    const sizes = this.#sizes.get(poolId) ?? []
    this.#sizes.set(poolId, sizes)
    for (const { domains, nodesPerDomain, acceleratorsPerNode } of nodes)
      for (let n = 0; n < domains * nodesPerDomain; n++) sizes.push(acceleratorsPerNode)
  }

  #begin({ outageId, of, at, nodes }: Extract<AllocationEvent, { kind: 'outageBegan' }>): void {
    this.#outages.push({
      id: outageId,
      of,
      from: at,
      announced: this.#announced.get(outageId),
      until: undefined,
      accelerators: nodes.reduce((sum, range) => sum + this.#sizeOf(range), 0),
      gangsStopped: 0,
      lostMs: 0,
      restarted: 0,
      restartMs: 0,
    })
    this.#announced.delete(outageId)
  }

  #end(outageId: string, at: Instant): void {
    this.#announced.delete(outageId)
    const outage = this.#outages.findLast(({ id, until }) => id === outageId && until === undefined)
    if (outage) outage.until = at
  }

  /** Those that an outage stops are told right behind it. */
  #evict({ gangId, because, lostMs, at }: Extract<AllocationEvent, { kind: 'evicted' }>): void {
    const accelerators = (this.#parts.get(gangId) ?? []).reduce(
      (sum, part) => sum + acceleratorsOfPart(part),
      0,
    )
    this.#parts.delete(gangId)
    const outage = this.#outages.at(-1)
    if ((because !== 'outage' && because !== 'drained') || !outage) return
    outage.gangsStopped += 1
    outage.lostMs += accelerators * lostMs
    this.#stopped.set(gangId, { by: outage, at })
  }

  #restart(gangId: string, at: Instant): void {
    const stopped = this.#stopped.get(gangId)
    if (!stopped) return
    this.#stopped.delete(gangId)
    stopped.by.restarted += 1
    stopped.by.restartMs += at - stopped.at
  }

  #sizeOf({ poolId, first, nodes }: PoolNodes): number {
    const sizes = this.#sizes.get(poolId) ?? []
    return sizes.slice(first, first + nodes).reduce((sum, size) => sum + size, 0)
  }
}

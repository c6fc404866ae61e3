import type { Instant } from '../../base/instant.ts'
import type { Gang } from '../../demand/gang.ts'
import type { AllocationEvent } from '../events.ts'
import { Calibration, type StartRange } from './calibration.ts'
import type { Deciding } from './copy.ts'
import { type Foreseen, playForward } from './play-forward.ts'
import { TypicalStay } from './typical-stay.ts'

/** When a waiting gang will start, and where. */
export interface Eta extends Foreseen {
  /** Where its start falls, four times of five; absent until enough starts were seen. */
  readonly range?: StartRange
}

/** How many of those that wait are asked about at once. */
const ASKED_AT_ONCE = 8

/**
 * Foresees starts, and learns from a history how far it was off: it sees every event after it has changed the allocator's
 * state, and asks itself from time to time. What it knows follows from the events alone.
 */
export class EtaForecaster {
  readonly typical = new TypicalStay()
  readonly #calibration = new Calibration()
  readonly #allocator: Deciding
  readonly #every: number
  /** Those that run and stated no limit. */
  readonly #unlimited = new Map<string, { readonly gang: Gang; readonly at: Instant }>()
  #submitted = 0

  /** It asks itself once in `every` submissions. */
  constructor(allocator: Deciding, every: number) {
    this.#allocator = allocator
    this.#every = every
  }

  observe(event: AllocationEvent): void {
    switch (event.kind) {
      case 'submitted':
        this.#submitted += 1
        if (this.#submitted % this.#every === 0) this.#askItself(event.at)
        return
      case 'placed':
        this.#noteStart(event.gangId, event.at)
        return this.#calibration.started(event.gangId, event.at)
      case 'finished':
        return this.#noteEnd(event.gangId, event.at)
      case 'cancelled':
        return this.#calibration.forget(event.gangId)
      case 'evicted':
        this.#unlimited.delete(event.gangId)
        return
      default:
        return
    }
  }

  /** Nothing where it would wait for ever, if nothing but ends of gangs happened. */
  etaOf(gangId: string, at: Instant): Eta | undefined {
    const found = playForward(this.#allocator, at, this.typical, new Set([gangId])).get(gangId)
    if (!found) return undefined
    const range = this.#calibration.rangeOf(at, found.at)
    return range ? { ...found, range } : found
  }

  #noteStart(gangId: string, at: Instant): void {
    const gang = this.#allocator.state.gangs.get(gangId)?.gang
    if (gang && gang.limitMs === undefined) this.#unlimited.set(gangId, { gang, at })
  }

  #noteEnd(gangId: string, at: Instant): void {
    const known = this.#unlimited.get(gangId)
    if (known) this.typical.note(known.gang, at - known.at)
    this.#unlimited.delete(gangId)
  }

  #askItself(at: Instant): void {
    const waiting = [...this.#allocator.state.queue]
    const step = Math.max(1, waiting.length / ASKED_AT_ONCE)
    const chosen = new Set<string>()
    for (let i = 0; i < waiting.length; i += step) chosen.add(waiting[Math.floor(i)]?.gang.id ?? '')
    if (chosen.size === 0) return
    for (const [gangId, eta] of playForward(this.#allocator, at, this.typical, chosen))
      this.#calibration.ask(gangId, at, eta.at)
  }
}

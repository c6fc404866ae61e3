import type { AllocationEvent } from '../allocation/events.ts'
import { addMonths, type Instant, yearOf, yearStart } from '../base/instant.ts'
import { type Distribution, distributionOf } from './run-statistics.ts'

/** What happened in one calendar year (UTC) of a history. */
export interface YearEvents {
  readonly year: number
  /** Gangs that were submitted. */
  readonly gangs: number
  /** Gangs that started for the first time, and how long they had waited. */
  readonly started: number
  readonly waitHours: Distribution
  readonly finished: number
  readonly evictions: number
  readonly nodeFailures: number
  readonly events: number
}

interface Counts {
  gangs: number
  finished: number
  evictions: number
  nodeFailures: number
  events: number
}

/** Counts a history's events year by year. It keeps the gangs that have never started, and the waits of one year. */
export class YearObserver {
  readonly #submitted = new Map<string, Instant>()
  readonly #years: YearEvents[] = []
  #waits: number[] = []
  #counts = nothingYet()
  #year = 0
  #yearUntil = 0 as Instant

  observe(event: AllocationEvent): void {
    if (event.at >= this.#yearUntil) this.#turnYear(event.at)
    this.#counts.events += 1
    switch (event.kind) {
      case 'submitted':
        this.#counts.gangs += 1
        this.#submitted.set(event.gang.id, event.at)
        return
      case 'placed':
        return this.#place(event.gangId, event.at)
      case 'evicted':
        this.#counts.evictions += 1
        return
      case 'finished':
        this.#counts.finished += 1
        return
      case 'cancelled':
        this.#submitted.delete(event.gangId)
        return
      case 'nodeFailed':
        this.#counts.nodeFailures += 1
        return
      default:
    }
  }

  /** Years in which nothing happened are left out. */
  finish(): readonly YearEvents[] {
    this.#closeYear()
    return this.#years
  }

  #place(gangId: string, at: Instant): void {
    const submitted = this.#submitted.get(gangId)
    if (submitted === undefined) return
    this.#submitted.delete(gangId)
    this.#waits.push(at - submitted)
  }

  #turnYear(at: Instant): void {
    this.#closeYear()
    this.#year = yearOf(at)
    this.#yearUntil = addMonths(yearStart(at), 12)
  }

  #closeYear(): void {
    const started = this.#waits.length
    const waitHours = distributionOf(Float64Array.from(this.#waits))
    if (this.#counts.events > 0) this.#years.push({ year: this.#year, ...this.#counts, started, waitHours })
    this.#waits = []
    this.#counts = nothingYet()
  }
}

function nothingYet(): Counts {
  return { gangs: 0, finished: 0, evictions: 0, nodeFailures: 0, events: 0 }
}

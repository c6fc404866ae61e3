import type { AllocationEvent, RefusalCause } from '../allocation/events.ts'

/** What came of a window that was booked. */
export interface BookedRow {
  readonly id: string
  /** Absent where it was refused. */
  readonly accelerators?: number
  readonly refused?: RefusalCause
  /** How often it has opened. */
  readonly opened: number
  /** Gangs that were stopped for it. */
  readonly gangsStopped: number
}

interface Counted {
  id: string
  accelerators?: number
  refused?: RefusalCause
  opened: number
  gangsStopped: number
}

/** Follows what is booked, in the order in which it was. */
export class BookingObserver {
  readonly #rows = new Map<string, Counted>()
  /** The windows that each gang was told to leave for. */
  readonly #leaving = new Map<string, string>()

  observe(event: AllocationEvent): void {
    switch (event.kind) {
      case 'windowBooked': {
        const { id, members, acceleratorsPerMember } = event.booking
        this.#row(id).accelerators = members * acceleratorsPerMember
        return
      }
      case 'refused':
        if (event.command === 'bookWindow') this.#row(event.subject).refused = event.because
        return
      case 'windowNoticeGiven':
        for (const gangId of event.gangIds) this.#leaving.set(gangId, event.windowId)
        return
      case 'windowOpened':
        this.#row(event.windowId).opened += 1
        return
      case 'evicted':
        if (event.because === 'forWindow') this.#row(this.#leaving.get(event.gangId) ?? '').gangsStopped += 1
        return
      default:
        return
    }
  }

  rows(): readonly BookedRow[] {
    return [...this.#rows.values()]
  }

  #row(id: string): Counted {
    const known = this.#rows.get(id)
    if (known) return known
    const row = { id, opened: 0, gangsStopped: 0 }
    this.#rows.set(id, row)
    return row
  }
}

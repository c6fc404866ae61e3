import { assert } from '../../base/assert.ts'
import type { Instant } from '../../base/instant.ts'
import type { Span } from '../../base/span.ts'
import { type Booking, occurrence, timesOf } from '../../demand/booking.ts'
import type { AllocationEvent, NodeStretch } from '../events.ts'

/**
 * A booked window as the allocator knows it.
 * booked → notice given → open → booked for its next time, or gone (its last time is over, cancelled).
 */
export interface BookedWindow {
  readonly booking: Booking
  poolId: string
  /** Its room: whole nodes. */
  room: readonly NodeStretch[]
  /** How many of its times are over. */
  done: number
  isOpen: boolean
  /** Whether those who must leave before it opens for the next time have been told. */
  isNoticed: boolean
  /** Gangs that were told to leave its room, and by when. */
  readonly leaving: Map<string, Instant>
}

export type WindowEvent = Extract<
  AllocationEvent,
  { readonly windowId: string } | { readonly kind: 'windowBooked' }
>

export function isOfWindows(event: AllocationEvent): event is WindowEvent {
  return 'windowId' in event || event.kind === 'windowBooked'
}

/** The windows that are booked, in the order in which they were. They change by events alone. */
export class BookedWindows {
  readonly #byId = new Map<string, BookedWindow>()
  /** Those that are over, or were cancelled. */
  readonly gone = new Set<string>()

  get size(): number {
    return this.#byId.size
  }

  get(id: string): BookedWindow | undefined {
    return this.#byId.get(id)
  }

  [Symbol.iterator](): IterableIterator<BookedWindow> {
    return this.#byId.values()
  }

  evolve(event: WindowEvent): void {
    if (event.kind === 'windowBooked') {
      const { booking, poolId, room } = event
      this.gone.delete(booking.id)
      const before = { done: 0, isOpen: false, isNoticed: false, leaving: new Map<string, Instant>() }
      this.#byId.set(booking.id, { booking, poolId, room, ...before })
      return
    }
    const window = this.#byId.get(event.windowId)
    assert(window, 'events name known windows')
    this.#change(window, event)
  }

  /** As it was when a snapshot was taken. */
  restore(window: BookedWindow): void {
    this.#byId.set(window.booking.id, window)
  }

  /** A gang that ended or was stopped need not leave any more. */
  forget(gangId: string): void {
    for (const { leaving } of this.#byId.values()) leaving.delete(gangId)
  }

  #end({ booking }: BookedWindow): void {
    this.#byId.delete(booking.id)
    this.gone.add(booking.id)
  }

  #change(window: BookedWindow, event: Exclude<WindowEvent, { kind: 'windowBooked' }>): void {
    switch (event.kind) {
      case 'windowMoved':
        window.poolId = event.poolId
        window.room = event.room
        if (window.isOpen) return
        window.isNoticed = false
        window.leaving.clear()
        return
      case 'windowNoticeGiven':
        window.isNoticed = true
        for (const gangId of event.gangIds) window.leaving.set(gangId, event.by)
        return
      case 'windowNoticeDropped':
        for (const gangId of event.gangIds) window.leaving.delete(gangId)
        return
      case 'windowOpened':
        window.isOpen = true
        return
      case 'windowClosed':
        window.isOpen = false
        window.isNoticed = false
        window.leaving.clear()
        window.done += 1
        if (window.done === timesOf(window.booking)) this.#end(window)
        return
      case 'windowCancelled':
        this.#end(window)
    }
  }
}

/** When it is open, or opens next. */
export function timeOf({ booking, done }: BookedWindow): Span {
  return occurrence(booking, done)
}

import type { Instant } from '../../base/instant.ts'
import type { Pool } from '../../capacity/pool.ts'
import type { Booking } from '../../demand/booking.ts'
import type { Gang } from '../../demand/gang.ts'
import type { Tenant } from '../../demand/tenant.ts'
import type { AllocationEvent, Part } from '../events.ts'

/** What else the events say, as far as windows depend on it. */
interface Counted {
  readonly tenants: readonly Tenant[]
  readonly pools: ReadonlyMap<string, { readonly pool: Pool }>
  readonly gangs: ReadonlyMap<
    string,
    { readonly gang: Gang; readonly evictions: number; readonly expectedMs: number | undefined }
  >
}

export interface CountedWindow {
  readonly booking: Booking
  poolId: string
  nodes: ReadonlySet<number>
  /** How many of its times are over. */
  done: number
  isOpen: boolean
  isNoticed: boolean
  readonly leaving: Map<string, Instant>
}

/** What the events say of windows, and when each gang that runs will have ended by its limit. */
export class CountedWindows {
  readonly byId = new Map<string, CountedWindow>()
  readonly ends = new Map<string, number>()
  readonly #saved = new Map<string, number>()
  readonly #placed = new Map<string, Extract<AllocationEvent, { kind: 'placed' }>>()

  /** To be told each event before the recount takes it in. */
  fold(event: AllocationEvent, recount: Counted): void {
    if (event.kind === 'placed') {
      this.#placed.set(event.gangId, event)
      this.ends.set(event.gangId, this.endOf(recount, event))
    }
    const before = event.kind === 'outlasted' ? this.#placed.get(event.gangId) : undefined
    if (event.kind === 'outlasted' && before && this.ends.has(event.gangId))
      this.ends.set(event.gangId, this.endOf(recount, before, event.expectedMs))
    if (event.kind === 'evicted') this.#saved.set(event.gangId, event.keptMs)
    if (event.kind === 'evicted' || event.kind === 'finished' || event.kind === 'cancelled') {
      this.ends.delete(event.gangId)
      for (const { leaving } of this.byId.values()) leaving.delete(event.gangId)
    }
    if (event.kind === 'windowBooked') {
      const before = { done: 0, isOpen: false, isNoticed: false, leaving: new Map<string, Instant>() }
      const { booking, poolId } = event
      this.byId.set(booking.id, { booking, poolId, nodes: nodesOf(event.room), ...before })
    }
    if ('windowId' in event) this.#change(event)
  }

  /** By its limit, or what it is expected to take, on the slowest of its nodes, with what it saved before and the time to load that. */
  endOf(
    recount: Counted,
    { gangId, at, parts }: { gangId: string; at: Instant; parts: readonly Part[] },
    expectedMs = recount.gangs.get(gangId)?.expectedMs,
  ): number {
    const known = recount.gangs.get(gangId)
    const limitMs = known?.gang.limitMs ?? expectedMs
    if (!known || limitMs === undefined) return Number.POSITIVE_INFINITY
    const { gang, evictions } = known
    const speeds = gang.roles.map((role, r) => {
      const hardware = recount.pools.get(parts[r]?.poolId ?? '')?.pool.hardware
      return role.accepts.find((accepted) => accepted.hardware === hardware)?.speed ?? 1
    })
    const leftMs = Math.max(0, limitMs - (this.#saved.get(gangId) ?? 0))
    return at + (evictions > 0 ? gang.restartMs : 0) + Math.ceil(leftMs / Math.min(...speeds))
  }

  #change(event: Extract<AllocationEvent, { readonly windowId: string }>): void {
    const window = this.byId.get(event.windowId)
    if (!window) return
    if (event.kind === 'windowMoved') {
      window.poolId = event.poolId
      window.nodes = nodesOf(event.room)
      if (!window.isOpen) this.#startAnew(window)
    }
    if (event.kind === 'windowNoticeGiven') {
      window.isNoticed = true
      for (const id of event.gangIds) window.leaving.set(id, event.by)
    }
    if (event.kind === 'windowNoticeDropped') for (const id of event.gangIds) window.leaving.delete(id)
    if (event.kind === 'windowOpened') window.isOpen = true
    if (event.kind === 'windowClosed') {
      window.isOpen = false
      window.done += 1
      this.#startAnew(window)
      if (window.done >= (window.booking.repeat?.times ?? 1)) this.byId.delete(event.windowId)
    }
    if (event.kind === 'windowCancelled') this.byId.delete(event.windowId)
  }

  #startAnew(window: CountedWindow): void {
    window.isNoticed = false
    window.leaving.clear()
  }
}

function nodesOf(room: readonly { readonly first: number; readonly nodes: number }[]): Set<number> {
  const nodes = new Set<number>()
  for (const run of room) for (let n = 0; n < run.nodes; n++) nodes.add(run.first + n)
  return nodes
}

/** The n-th time of a booking that it is in force. */
export function timeOf({ start, until, repeat }: Booking, n: number): { start: number; until: number } {
  const shift = repeat ? repeat.everyMs * n : 0
  return { start: start + shift, until: until + shift }
}

/** Whether a gang may use the window. */
export function mayUse(recount: Counted, { booking }: CountedWindow, gang: Gang): boolean {
  if (booking.isFor === 'named') return gang.window === booking.id
  const above = new Set<string>()
  for (let id: string | undefined = gang.tenant; id !== undefined && !above.has(id); ) {
    above.add(id)
    const at: string = id
    id = recount.tenants.find((tenant) => tenant.id === at)?.parent
  }
  return above.has(booking.tenant)
}

export function sitsOn({ poolId, nodes }: CountedWindow, parts: readonly Part[]): boolean {
  for (const part of parts) {
    if (part.poolId !== poolId) continue
    for (const run of part.runs) for (let n = 0; n < run.nodes; n++) if (nodes.has(run.first + n)) return true
  }
  return false
}

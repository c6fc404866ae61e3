import type { AllocationEvent, Part, RefusalCause } from '../allocation/events.ts'
import { milliOfPart } from '../allocation/events.ts'
import { HOUR_MS, type Instant, MINUTE_MS } from '../base/instant.ts'
import { RememberingMap } from '../base/remembering-map.ts'
import { leastAccelerators } from '../demand/elastic-roles.ts'
import { acceleratorsOf, type Gang } from '../demand/gang.ts'
import { NodeLedger } from '../usage/node-ledger.ts'
import { WaitingSizes } from '../usage/waiting-sizes.ts'
import {
  distributionOf,
  jainIndex,
  type RunStatistics,
  type TenantStatistics,
  waitsBySize,
} from './run-statistics.ts'

interface Known {
  readonly size: number
  /** What it needs to start: less than its size where it is elastic. */
  readonly least: number
  held: number
  readonly submittedAt: Instant
  readonly sums: TenantSums
  parts: readonly Part[] | undefined
  placedAt: Instant
  ranMs: number
  started: boolean
}

interface TenantSums {
  gangs: number
  started: number
  finished: number
  waitMs: number
  slowdown: number
  time: number
}

/** Gathers a history's statistics, event by event. */
export class StatisticsObserver {
  readonly #gangs = new RememberingMap<Known>()
  readonly #tenants = new Map<string, TenantSums>()
  readonly #nodes = new Map<string, NodeLedger>()
  readonly #waiting = new WaitingSizes()
  readonly #waits: number[] = []
  readonly #sizes: number[] = []
  readonly #completions: number[] = []
  readonly #refusedGangs = new Map<RefusalCause, number>()
  readonly #counts = {
    gangs: 0,
    cancelled: 0,
    refused: 0,
    evictions: 0,
    resizes: 0,
    moves: 0,
    nodeFailures: 0,
    nodesSlowed: 0,
    events: 0,
  }
  #running = 0
  #waitingGangs = 0
  #inService = 0
  #used = 0
  #start: Instant | undefined
  #at = 0 as Instant
  #lastEnd = 0
  #serviceTime = 0
  #usedTime = 0
  #strandedTime = 0

  observe(event: AllocationEvent): void {
    this.#counts.events += 1
    if (event.at > this.#at) this.#advance(event.at)
    switch (event.kind) {
      case 'submitted':
        return this.#submit(event.gang, event.at)
      case 'placed':
        return this.#place(event.gangId, event.parts, event.at)
      case 'resized':
        this.#counts.resizes += 1
        return this.#change(this.#known(event.gangId), event.parts, event.at)
      case 'moved':
        this.#counts.moves += 1
        return this.#change(this.#known(event.gangId), event.parts, event.at)
      case 'evicted':
        this.#counts.evictions += 1
        return this.#wait(this.#stop(event.gangId, event.at))
      case 'finished':
        return this.#finish(event.gangId, event.at)
      case 'cancelled':
        return this.#cancel(event.gangId, event.at)
      case 'refused':
        this.#counts.refused += 1
        if (event.command === 'submit')
          this.#refusedGangs.set(event.because, (this.#refusedGangs.get(event.because) ?? 0) + 1)
        return
      case 'nodeFailed':
        this.#counts.nodeFailures += 1
        return this.#changeNodes(event.poolId, (nodes) => nodes.fail(event.node))
      case 'nodeDegraded':
        if (event.speed < 1) this.#counts.nodesSlowed += 1
        return
      case 'nodeReturned':
      case 'nodeReadmitted':
        if (event.staysOut) return
        return this.#changeNodes(event.poolId, (nodes) => nodes.restore(event.node))
      case 'outageBegan':
        for (const range of event.nodes) this.#changeNodes(range.poolId, (nodes) => nodes.failAll(range))
        return
      case 'outageEnded':
        for (const range of event.nodes) this.#changeNodes(range.poolId, (nodes) => nodes.restoreAll(range))
        return
      case 'nodesAdded':
        return this.#changeNodes(event.poolId, (nodes) => nodes.add(event.nodes, event.areOut))
      case 'nodesRemoved':
        return this.#changeNodes(event.poolId, (nodes) => nodes.remove(event.firstNode, event.nodes))
      default:
        return
    }
  }

  /** The statistics up to `until`, or to the last event. */
  finish(until: Instant = this.#at): RunStatistics {
    this.#advance(until)
    for (const gang of this.#gangs.values()) {
      if (!gang.parts) continue
      gang.sums.time += gang.held * (until - gang.placedAt)
      gang.ranMs += until - gang.placedAt
      gang.placedAt = until
    }
    const tenants = [...this.#tenants].map(([tenant, sums]) => tenantRow(tenant, sums))
    return {
      ...this.#counts,
      ...(this.#refusedGangs.size > 0 ? { refusedGangs: Object.fromEntries(this.#refusedGangs) } : {}),
      started: this.#waits.length,
      finished: this.#completions.length,
      running: this.#running,
      waiting: this.#waitingGangs,
      waitHours: distributionOf(Float64Array.from(this.#waits)),
      waitBySize: waitsBySize(this.#waits, this.#sizes),
      completionHours: distributionOf(Float64Array.from(this.#completions)),
      makespanHours: Math.max(0, this.#lastEnd - (this.#start ?? 0)) / HOUR_MS,
      acceleratorHours: this.#usedTime / HOUR_MS,
      utilisation: ratio(this.#usedTime, this.#serviceTime),
      fragmentation: ratio(this.#strandedTime, this.#serviceTime),
      tenants: tenants.sort((a, b) => (a.tenant < b.tenant ? -1 : 1)),
      fairness: jainIndex(tenants.map(({ meanSlowdown }) => meanSlowdown).filter((slowdown) => slowdown > 0)),
    }
  }

  #advance(at: Instant): void {
    const ms = at - this.#at
    this.#at = at
    if (this.#start === undefined || ms <= 0) return
    const free = this.#inService - this.#used
    this.#serviceTime += this.#inService * ms
    this.#usedTime += this.#used * ms
    if (this.#waitingGangs > 0 && free > 0) this.#strandedTime += this.#waiting.fitting(free) * ms
  }

  #submit(gang: Gang, at: Instant): void {
    this.#start ??= at
    this.#counts.gangs += 1
    const sums = this.#tenant(gang.tenant)
    sums.gangs += 1
    const known = {
      size: acceleratorsOf(gang),
      least: leastAccelerators(gang),
      held: 0,
      submittedAt: at,
      sums,
      parts: undefined,
      placedAt: at,
      ranMs: 0,
      started: false,
    }
    this.#gangs.set(gang.id, known)
    this.#wait(known)
  }

  #wait(gang: Known): void {
    this.#waiting.add(gang.least)
    this.#waitingGangs += 1
  }

  #place(gangId: string, parts: readonly Part[], at: Instant): void {
    const gang = this.#known(gangId)
    this.#waiting.remove(gang.least)
    this.#waitingGangs -= 1
    this.#running += 1
    this.#hold(gang, parts, at)
    if (gang.started) return
    gang.started = true
    this.#waits.push(at - gang.submittedAt)
    this.#sizes.push(gang.size)
    gang.sums.started += 1
    gang.sums.waitMs += at - gang.submittedAt
  }

  /** Sums of fractions drift, so each is brought back to a thousandth. */
  #use(more: number): void {
    this.#used = Math.round(1000 * (this.#used + more)) / 1000
  }

  #stop(gangId: string, at: Instant): Known {
    const gang = this.#known(gangId)
    this.#letGo(gang, at)
    this.#running -= 1
    return gang
  }

  #change(gang: Known, parts: readonly Part[], at: Instant): void {
    this.#letGo(gang, at)
    this.#hold(gang, parts, at)
  }

  #hold(gang: Known, parts: readonly Part[], at: Instant): void {
    gang.parts = parts
    gang.placedAt = at
    gang.held = 0
    for (const part of parts) gang.held += milliOfPart(part) / 1000
    this.#use(gang.held)
  }

  #letGo(gang: Known, at: Instant): void {
    this.#use(-gang.held)
    gang.parts = undefined
    gang.ranMs += at - gang.placedAt
    gang.sums.time += gang.held * (at - gang.placedAt)
  }

  #finish(gangId: string, at: Instant): void {
    const gang = this.#stop(gangId, at)
    this.#gangs.delete(gangId)
    const wholeMs = at - gang.submittedAt
    this.#completions.push(wholeMs)
    this.#lastEnd = at
    gang.sums.finished += 1
    gang.sums.slowdown += Math.max(1, wholeMs / Math.max(gang.ranMs, MINUTE_MS))
  }

  #cancel(gangId: string, at: Instant): void {
    const gang = this.#known(gangId)
    this.#counts.cancelled += 1
    if (gang.parts) this.#stop(gangId, at)
    else {
      this.#waiting.remove(gang.least)
      this.#waitingGangs -= 1
    }
    this.#gangs.delete(gangId)
  }

  #changeNodes(poolId: string, change: (nodes: NodeLedger) => void): void {
    const nodes = this.#nodes.get(poolId) ?? new NodeLedger()
    this.#nodes.set(poolId, nodes)
    this.#inService -= nodes.present - nodes.broken
    change(nodes)
    this.#inService += nodes.present - nodes.broken
  }

  #tenant(id: string): TenantSums {
    const known = this.#tenants.get(id)
    if (known) return known
    const sums = { gangs: 0, started: 0, finished: 0, waitMs: 0, slowdown: 0, time: 0 }
    this.#tenants.set(id, sums)
    return sums
  }

  #known(gangId: string): Known {
    return this.#gangs.get(gangId) as Known
  }
}

function tenantRow(tenant: string, sums: TenantSums): TenantStatistics {
  return {
    tenant,
    gangs: sums.gangs,
    acceleratorHours: sums.time / HOUR_MS,
    meanWaitHours: ratio(sums.waitMs, sums.started) / HOUR_MS,
    meanSlowdown: ratio(sums.slowdown, sums.finished),
  }
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0
}

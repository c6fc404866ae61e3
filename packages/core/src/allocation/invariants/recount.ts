import type { Instant } from '../../base/instant.ts'
import type { OutageScope } from '../../capacity/outage-scope.ts'
import type { Pool } from '../../capacity/pool.ts'
import type { NodeGroup } from '../../capacity/topology.ts'
import type { Gang } from '../../demand/gang.ts'
import type { Tenant } from '../../demand/tenant.ts'
import type { AllocationEvent, Part } from '../events.ts'
import { CountedWindows } from './counted-windows.ts'
import { CountedWork } from './counted-work.ts'
import { CountedMoney } from './money-rules.ts'
import { CountedTurns } from './turn-rules.ts'

export interface CountedNode {
  readonly capacity: number
  readonly domain: number
  readonly block: number
  /** What it states of cores, in thousandths, and of memory. */
  readonly cpuMilli: number | undefined
  readonly memoryMiB: number | undefined
  hasFailed: boolean
  isRemoved: boolean
  /** When it failed, in order. */
  readonly failedAt: Instant[]
  /** Until when it is kept out although it is repaired. */
  keptOutUntil: Instant | undefined
  /** The share of its speed that is left. */
  speed: number
  /** Whether it stands by, by what the allocator says. */
  isSpare: boolean
  /** By this many outages that hold, and by this many that are announced. */
  readonly coveredBy: { holding: number; announced: number }
}

export interface CountedPool {
  readonly pool: Pool
  readonly nodes: CountedNode[]
  cpuCores: number
}

export interface CountedOutage {
  readonly of: OutageScope
  /** When it begins, while it is announced. */
  readonly by: Instant | undefined
}

export interface CountedGang {
  readonly gang: Gang
  readonly seq: number
  readonly submittedAt: Instant
  placedAt: Instant
  /** Where it was placed or moved to. Nothing while it waits. */
  parts: readonly Part[] | undefined
  /** All that it holds: more than `parts` where it has grown. */
  whole: readonly Part[]
  readonly work: CountedWork
  borrowed: number
  evictions: number
  /** Work it has saved, at speed 1. */
  keptMs: number
  /** What it is expected to take; nothing where that was not asked. */
  expectedMs: number | undefined
  reclaim: { readonly by: Instant; readonly forGangId: string } | undefined
}

export interface CountedHandOver {
  readonly gangId: string
  readonly parts: readonly Part[]
  readonly by: Instant
}

/** What the events say, counted again in plain lists and maps, in the order in which it came. */
export class Recount {
  now = Number.NEGATIVE_INFINITY as Instant
  noticeMs = 0
  /** Where there are, others than the first of the queue may go first. */
  turns: CountedTurns | undefined
  tenants: readonly Tenant[] = []
  readonly pools = new Map<string, CountedPool>()
  readonly gangs = new Map<string, CountedGang>()
  readonly ended = new Set<string>()
  readonly handOvers = new Map<string, CountedHandOver>()
  readonly windows = new CountedWindows()
  money: CountedMoney | undefined
  readonly outages = new Map<string, CountedOutage>()
  #submitted = 0

  fold(event: AllocationEvent): void {
    if (event.kind === 'refused') return
    this.now = event.at
    this.windows.fold(event, this)
    this.turns?.goOn(
      event.at,
      [...this.gangs.values()].map(({ gang, parts = [] }) => ({ tenant: gang.tenant, parts })),
    )
    switch (event.kind) {
      case 'poolOpened':
        this.pools.set(event.pool.id, { pool: event.pool, nodes: [], cpuCores: 0 })
        return
      case 'tenantsSet':
        this.tenants = event.tenants
        this.#countTurns(event)
        this.noticeMs = event.noticeMs
        return
      case 'termsSet':
        this.money = new CountedMoney(event.terms, event.at, this.money)
        return
      case 'termsTurned':
        return
      case 'nodesAdded':
        return this.#addNodes(event.poolId, event.nodes, event.cpuCores)
      case 'nodesRemoved':
        return this.#removeNodes(event.poolId, event.firstNode, event.nodes, event.cpuCores ?? 0)
      case 'nodeDegraded':
        return this.#setSpeed(event.poolId, event.node, event.speed)
      case 'nodeKeptOut':
      case 'nodeReadmitted':
        return this.#setKeptOut(
          event.poolId,
          event.node,
          event.kind === 'nodeKeptOut' ? event.until : undefined,
        )
      case 'nodeFailed':
      case 'nodeReturned':
        return this.#setFailed(event.poolId, event.node, event.kind === 'nodeFailed', event.at)
      case 'outageBegan':
      case 'drainBegan':
        this.outages.set(event.outageId, {
          of: event.of,
          by: event.kind === 'drainBegan' ? event.by : undefined,
        })
        return
      case 'outageEnded':
        this.outages.delete(event.outageId)
        return
      case 'windowBooked':
      case 'windowMoved':
      case 'windowNoticeGiven':
      case 'windowNoticeDropped':
      case 'windowOpened':
      case 'windowClosed':
      case 'windowCancelled':
        return
      default:
        return this.#foldGang(event)
    }
  }

  #countTurns({ tenants, order, at }: Extract<AllocationEvent, { kind: 'tenantsSet' }>): void {
    const weigh = tenants.some(({ weight }) => weight !== undefined)
    const isAsked = weigh || order?.priorityAgingMs !== undefined
    this.turns = isAsked
      ? new CountedTurns(weigh ? tenants : [], order?.shareHalfLifeMs, at, this.turns)
      : undefined
  }

  #foldGang(event: Extract<AllocationEvent, { readonly gangId: string } | { readonly gang: Gang }>): void {
    if (event.kind === 'submitted') {
      this.gangs.set(event.gang.id, {
        gang: event.gang,
        seq: this.#submitted++,
        submittedAt: event.at,
        placedAt: event.at,
        parts: undefined,
        whole: [],
        work: new CountedWork(event.gang),
        borrowed: 0,
        evictions: 0,
        keptMs: 0,
        expectedMs: event.expectedMs,
        reclaim: undefined,
      })
      return
    }
    const { gangId } = event
    const gang = this.gangs.get(gangId)
    if (event.kind === 'handOverDropped') this.handOvers.delete(gangId)
    if (!gang) return
    gang.work.fold(event, this)
    if (event.kind === 'handOverPlanned')
      this.handOvers.set(gangId, { gangId, parts: event.parts, by: event.by })
    if (event.kind === 'placed') {
      this.handOvers.delete(gangId)
      gang.parts = event.parts
      gang.placedAt = event.at
      gang.whole = event.parts
      gang.borrowed = event.borrowed
    }
    if (event.kind === 'resized') gang.whole = event.parts
    if (event.kind === 'moved') {
      gang.parts = event.parts
      gang.whole = event.parts
      gang.borrowed = event.borrowed
    }
    if (event.kind === 'evicted') {
      gang.parts = undefined
      gang.whole = []
      gang.evictions += 1
      gang.keptMs = event.keptMs
      gang.reclaim = undefined
    }
    if (event.kind === 'outlasted') gang.expectedMs = event.expectedMs
    if (event.kind === 'reclaimAsked') gang.reclaim = { by: event.by, forGangId: event.forGangId }
    if (event.kind === 'reclaimDropped') gang.reclaim = undefined
    if (event.kind === 'finished' || event.kind === 'cancelled') {
      this.gangs.delete(gangId)
      this.handOvers.delete(gangId)
      this.ended.add(gangId)
    }
  }

  #addNodes(poolId: string, groups: readonly NodeGroup[], cpuCores: number): void {
    const pool = this.pools.get(poolId)
    if (!pool) return
    pool.cpuCores += cpuCores
    for (const group of groups) {
      const built = builtIn(group)
      const last = pool.nodes.at(-1)
      let domain = last ? last.domain : -1
      let block = last ? last.block : -1
      for (let d = 0; d < group.domains; d++) {
        domain += 1
        const opensBlock = d % group.domainsPerBlock === 0
        const joinsBlock = d === 0 && group.continuesBlock === true && last !== undefined
        if (opensBlock && !joinsBlock) block += 1
        for (let n = 0; n < group.nodesPerDomain; n++) {
          pool.nodes.push({ ...built, domain, block, hasFailed: false, isRemoved: false, ...untouched() })
        }
      }
    }
  }

  #removeNodes(poolId: string, first: number, nodes: number, cpuCores: number): void {
    const pool = this.pools.get(poolId)
    if (!pool) return
    for (const node of pool.nodes.slice(first, first + nodes)) node.isRemoved = true
    pool.cpuCores -= cpuCores
  }

  #setFailed(poolId: string, node: number, hasFailed: boolean, at: Instant): void {
    const found = this.pools.get(poolId)?.nodes[node]
    if (!found) return
    found.hasFailed = hasFailed
    if (hasFailed) found.failedAt.push(at)
  }

  #setSpeed(poolId: string, node: number, speed: number): void {
    const found = this.pools.get(poolId)?.nodes[node]
    if (found) found.speed = speed
  }

  #setKeptOut(poolId: string, node: number, until: Instant | undefined): void {
    const found = this.pools.get(poolId)?.nodes[node]
    if (found) found.keptOutUntil = until
  }
}

function builtIn({
  acceleratorsPerNode: capacity,
  cpuCoresPerNode: cores,
  memoryMiBPerNode: memoryMiB,
}: NodeGroup) {
  return { capacity, cpuMilli: cores === undefined ? undefined : Math.round(cores * 1000), memoryMiB }
}

function untouched(): Pick<CountedNode, 'coveredBy' | 'failedAt' | 'keptOutUntil' | 'speed' | 'isSpare'> {
  return {
    coveredBy: { holding: 0, announced: 0 },
    failedAt: [],
    keptOutUntil: undefined,
    speed: 1,
    isSpare: false,
  }
}

/** Whether gangs can run on it; those that are there may stay where an outage is announced. */
export function isInService({ hasFailed, isRemoved, coveredBy, keptOutUntil }: CountedNode): boolean {
  return !hasFailed && !isRemoved && coveredBy.holding === 0 && keptOutUntil === undefined
}

/** Whether gangs may start on it, however long they run. */
export function takesGangs(node: CountedNode): boolean {
  return isInService(node) && node.coveredBy.announced === 0 && !node.isSpare
}

/** Whole accelerators that the parts take of each node of the pool on which they sit. */
export function takenByNode(parts: readonly Part[], poolId: string): Map<number, number> {
  const taken = new Map<number, number>()
  for (const part of parts) {
    if (part.poolId !== poolId) continue
    for (const run of part.runs) {
      for (let n = 0; n < run.nodes; n++) {
        const node = run.first + n
        taken.set(node, (taken.get(node) ?? 0) + run.each)
      }
    }
  }
  return taken
}

/** The nearest thousandth: sums of fractions drift. */
export function exact(accelerators: number): number {
  return Math.round(accelerators * 1000) / 1000
}

export function acceleratorsTaken(parts: readonly Part[], poolId: string): number {
  let sum = 0
  for (const taken of takenByNode(parts, poolId).values()) sum += taken
  let milli = 0
  for (const part of parts) if (part.poolId === poolId) for (const run of part.runs) milli += run.milli ?? 0
  return exact(sum + milli / 1000)
}

export function coresTaken(parts: readonly Part[], poolId: string): number {
  let sum = 0
  for (const part of parts) if (part.poolId === poolId) sum += part.cpuCores
  return sum
}

import { Allocator } from '../allocation/allocator.ts'
import type { Command } from '../allocation/commands.ts'
import { partsWith } from '../allocation/elastic/growth.ts'
import type { AllocationEvent, RefusalCause } from '../allocation/events.ts'
import { Invariants } from '../allocation/invariants.ts'
import { BACKFILL } from '../allocation/policies/backfill.ts'
import type { QueuePolicy } from '../allocation/policies/queue-policy.ts'
import { assert } from '../base/assert.ts'
import { type Instant, instant, MINUTE_MS } from '../base/instant.ts'
import { type Pool, poolOf } from '../capacity/pool.ts'
import type { NodeGroup } from '../capacity/topology.ts'
import type { Upkeep } from '../capacity/upkeep.ts'
import type { Gang } from '../demand/gang.ts'
import type { Tenant } from '../demand/tenant.ts'
import { aBooking, type BookingLike } from './booking.ts'
import { aGang, type GangLike } from './gang.ts'

interface SceneLike {
  readonly policy?: QueuePolicy
  /** By the name of the pool. */
  readonly pools: Readonly<Record<string, PoolLike>>
  readonly tenants?: readonly Tenant[]
  readonly noticeMinutes?: number
}

interface PoolLike {
  readonly nodes?: readonly NodeGroup[]
  readonly cpuCores?: number
  readonly hardware?: string
  readonly upkeep?: Upkeep
}

type EventOf<Kind extends AllocationEvent['kind']> = Extract<AllocationEvent, { kind: Kind }>

/** An allocator on a small stage: it is told things in few words, and fails at once where it breaks an invariant. */
export class Scene {
  readonly allocator: Allocator
  readonly #invariants = new Invariants()
  readonly #events: AllocationEvent[] = []
  #minute = 0

  constructor({ policy = BACKFILL, pools, tenants = [], noticeMinutes = 0 }: SceneLike) {
    this.allocator = new Allocator(policy)
    if (tenants.length > 0) this.setTenants(tenants, noticeMinutes)
    for (const [name, pool] of Object.entries(pools)) this.openPool(name, pool)
  }

  get now(): Instant {
    return instant(this.#minute * MINUTE_MS)
  }

  /** All that happened. */
  get history(): readonly AllocationEvent[] {
    return this.#events
  }

  tell(command: Command): readonly AllocationEvent[] {
    const events = this.allocator.apply(command, this.now)
    for (const event of events) this.#invariants.observe(event)
    const broken = this.#invariants.check(this.allocator.state)
    assert(broken.length === 0, `nothing is broken, as is ${JSON.stringify(broken)}`)
    this.#events.push(...events)
    return events
  }

  openPool(name: string, { nodes = [], cpuCores = 0, hardware = 'gpu', upkeep }: PoolLike): void {
    const named = { ...poolOf({ provider: name, region: 'r', hardware, fabric: 'default' }), id: name }
    const pool: Pool = upkeep ? { ...named, upkeep } : named
    this.tell({ kind: 'openPool', pool })
    this.tell({ kind: 'addNodes', poolId: name, nodes, cpuCores })
  }

  setTenants(tenants: readonly Tenant[], noticeMinutes = 0): readonly AllocationEvent[] {
    return this.tell({ kind: 'setTenants', tenants, noticeMs: noticeMinutes * MINUTE_MS })
  }

  submit(id: string, gang: GangLike = {}): readonly AllocationEvent[] {
    return this.submitGang(aGang(id, gang))
  }

  submitGang(gang: Gang): readonly AllocationEvent[] {
    return this.tell({ kind: 'submit', gang })
  }

  book(id: string, like: BookingLike = {}): readonly AllocationEvent[] {
    return this.tell({ kind: 'bookWindow', booking: aBooking(id, like) })
  }

  finish(...gangIds: readonly string[]): void {
    for (const gangId of gangIds) this.tell({ kind: 'finish', gangId })
  }

  cancel(gangId: string): readonly AllocationEvent[] {
    return this.tell({ kind: 'cancel', gangId })
  }

  failNode(node: number, poolId = 'main'): readonly AllocationEvent[] {
    return this.tell({ kind: 'failNode', poolId, node })
  }

  returnNode(node: number, poolId = 'main'): readonly AllocationEvent[] {
    return this.tell({ kind: 'returnNode', poolId, node })
  }

  /** Lets so many minutes pass, and wakes the allocator whenever it asked for that. */
  pass(minutes: number): void {
    const until = this.#minute + minutes
    for (let due = this.#dueBy(until); due !== undefined; due = this.#dueBy(until)) {
      this.#minute = due
      this.tell({ kind: 'wake' })
    }
    this.#minute = until
  }

  running(): string[] {
    return [...this.allocator.state.gangs.values()]
      .filter((gang) => gang.running)
      .map(({ gang }) => gang.id)
      .sort()
  }

  /** In the order of the queue. */
  waiting(): string[] {
    return [...this.allocator.state.queue].map(({ gang }) => gang.id)
  }

  /** Those who were asked to hand over what they hold. */
  asked(): string[] {
    return this.events('reclaimAsked').map(({ gangId }) => gangId)
  }

  evicted(): string[] {
    return this.events('evicted').map(({ gangId }) => gangId)
  }

  /** Accelerators that a running gang holds, with what it has grown by. */
  size(gangId: string): number {
    return Object.values(this.seats(gangId)).reduce((sum, held) => sum + held, 0)
  }

  /** Accelerators of a running gang by node, as `pool#node`. */
  seats(gangId: string): Record<string, number> {
    const seats: Record<string, number> = {}
    const gang = this.allocator.state.gangs.get(gangId)
    const parts = gang && gang.grown.length > 0 ? partsWith(gang, gang.grown) : (gang?.parts ?? [])
    for (const { poolId, runs } of parts) {
      for (const { first, nodes, each } of runs) {
        for (let node = first; node < first + nodes; node++) {
          seats[`${poolId}#${node}`] = (seats[`${poolId}#${node}`] ?? 0) + each
        }
      }
    }
    return seats
  }

  /** The numbers of the nodes that a running gang sits on. */
  nodes(gangId: string): number[] {
    return Object.keys(this.seats(gangId)).map((seat) => Number(seat.split('#')[1]))
  }

  startedAt(gangId: string): number | undefined {
    const placed = this.events('placed').find((event) => event.gangId === gangId)
    return placed && placed.at / MINUTE_MS
  }

  events<Kind extends AllocationEvent['kind']>(kind: Kind): EventOf<Kind>[] {
    return this.#events.filter((event): event is EventOf<Kind> => event.kind === kind)
  }

  #dueBy(until: number): number | undefined {
    const wake = this.allocator.nextWake()
    return wake !== undefined && wake <= until * MINUTE_MS ? wake / MINUTE_MS : undefined
  }
}

/** Equal domains; one node each where nothing else is said. */
export function domains(count: number, group: Partial<NodeGroup> = {}): NodeGroup {
  return { domains: count, nodesPerDomain: 1, acceleratorsPerNode: 8, domainsPerBlock: count, ...group }
}

/** A scene of one pool, `main`. */
export function aPool(
  nodes: readonly NodeGroup[],
  more: Omit<SceneLike, 'pools'> & { readonly cpuCores?: number } = {},
): Scene {
  const { cpuCores = 0, ...rest } = more
  return new Scene({ pools: { main: { nodes, cpuCores } }, ...rest })
}

export function aTenant(
  id: string,
  accelerators: number | Readonly<Record<string, number>>,
  more: Partial<Tenant> = {},
): Tenant {
  const byPool = typeof accelerators === 'number' ? { main: accelerators } : accelerators
  const quotas = Object.entries(byPool).map(([pool, count]) => ({ pool, accelerators: count }))
  return { id, name: id, quotas, ...more }
}

export function refusal(events: readonly AllocationEvent[]): RefusalCause | undefined {
  const [first] = events
  return events.length === 1 && first?.kind === 'refused' ? first.because : undefined
}

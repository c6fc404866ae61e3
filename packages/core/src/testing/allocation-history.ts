import fc from 'fast-check'
import type { AllocationEvent, NodeRun, Part } from '../allocation/events.ts'
import { type Instant, instant, MINUTE_MS, parseInstant } from '../base/instant.ts'
import type { Span } from '../base/span.ts'
import { poolOf } from '../capacity/pool.ts'
import { ANYWHERE, type Gang } from '../demand/gang.ts'

/** Every event of a drawn history falls on a multiple of this. */
export const TICK_MS = 10 * MINUTE_MS

/** A stretch across the end of a short month, in which drawn histories play. */
export const HISTORY: Span = {
  start: parseInstant('2025-02-27T12:00') as Instant,
  until: parseInstant('2025-03-02') as Instant,
}

export const POOLS = [
  poolOf({ provider: 'north', region: 'r', hardware: 'h100', fabric: 'default' }),
  poolOf({ provider: 'south', region: 'r', hardware: 'h100', fabric: 'default' }),
  poolOf({ provider: 'south', region: 'r', hardware: 'gb200', fabric: 'default' }),
]

interface Step {
  readonly waitTicks: number
  readonly action: number
  readonly a: number
  readonly b: number
}

/** Random histories that could have happened: no accelerator is used twice, none on a node that is gone or broken. */
export function allocationHistories(): fc.Arbitrary<AllocationEvent[]> {
  const step = fc.record<Step>({
    waitTicks: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 20 })),
    action: fc.nat(99),
    a: fc.nat(1000),
    b: fc.nat(1000),
  })
  return fc
    .array(step, { minLength: 10, maxLength: 150, size: 'max' })
    .map((steps) => new History().play(steps))
}

interface DrawnNode {
  state: 'up' | 'failed' | 'gone'
  /** Whether an outage covers its pool. */
  isOut: boolean
  readonly size: number
  used: number
  /** What gangs want of it for whom room is being cleared. */
  wanted: number
}

interface Running {
  readonly gang: Gang
  parts: readonly Part[]
  since: number
}

class History {
  readonly events: AllocationEvent[] = []
  readonly #nodes = new Map<string, DrawnNode[]>(POOLS.map((pool) => [pool.id, []]))
  readonly #waiting: Gang[] = []
  readonly #running: Running[] = []
  readonly #rooms = new Map<string, readonly Part[]>()
  readonly #outages = new Set<string>()
  #now = HISTORY.start - 6 * TICK_MS
  #count = 0

  play(steps: readonly Step[]): AllocationEvent[] {
    for (const pool of POOLS) this.events.push({ kind: 'poolOpened', at: this.#at(), pool })
    for (const n of POOLS.keys()) this.#addNodes(n, n + 4)
    for (const step of steps) {
      this.#now += step.waitTicks * TICK_MS
      this.#act(step)
    }
    return this.events
  }

  #at(): Instant {
    return instant(this.#now)
  }

  #act({ action, a, b }: Step): void {
    if (action < 15) this.#addNodes(a, b)
    else if (action < 45) this.#submit(a, b)
    else if (action < 75) this.#place(a, b)
    else if (action < 83) this.#end(a, b)
    else if (action < 87) this.#evict(this.#running[a % Math.max(1, this.#running.length)], 'reclaimed', b)
    else if (action < 90) this.#failOrReturn(a, b)
    else if (action < 91) this.#beginOrEndOutage(POOLS[a % POOLS.length]?.id ?? '', b)
    else if (action < 93) this.#removeNode(a, b)
    else if (action < 97) this.#handOver(a, b)
    else this.#resize(a, b)
  }

  #addNodes(a: number, b: number): void {
    const poolId = POOLS[a % POOLS.length]?.id ?? ''
    const size = 1 + (b % 8)
    const group = {
      domains: 1 + (a % 3),
      nodesPerDomain: 1 + (b % 2),
      acceleratorsPerNode: size,
      domainsPerBlock: 2,
    }
    const isOut = this.#outages.has(poolId)
    for (let n = 0; n < group.domains * group.nodesPerDomain; n++)
      this.#nodes.get(poolId)?.push({ state: 'up', isOut, size, used: 0, wanted: 0 })
    const areOut = isOut ? ({ areOut: true } as const) : {}
    this.events.push({ kind: 'nodesAdded', at: this.#at(), poolId, nodes: [group], cpuCores: 0, ...areOut })
  }

  #submit(a: number, b: number): void {
    const accepts = ['h100', 'gb200'].filter((_, n) => ((a % 3) + 1) & (1 << n))
    const role = (name: string, members: number, acceleratorsPerMember: number) => ({
      name,
      members,
      acceleratorsPerMember,
      cpuCoresPerMember: 1,
      accepts: accepts.map((hardware) => ({ hardware, speed: 1 })),
      within: ANYWHERE,
    })
    const roles = [role('trainer', 1 + (b % 12), 1)]
    if (b % 5 === 0) roles.push(role('rollout', 1 + (a % 4), 1))
    if (b % 7 === 0) roles.push(role('sandbox', 3, 0))
    const id = `g${this.#count++}`
    const gang: Gang = { id, tenant: `t${a % 4}`, priority: 0, roles, restartMs: 0, reclaimable: true }
    this.#waiting.push(gang)
    this.events.push({ kind: 'submitted', at: this.#at(), gang })
  }

  #place(a: number, b: number): void {
    const gang = this.#waiting[a % Math.max(1, this.#waiting.length)]
    if (!gang) return
    const room = this.#rooms.get(gang.id)
    if (room && !this.#isFree(room)) return
    this.#dropRoom(gang.id)
    const parts = room ?? this.#partsFor(gang, b, (node) => node.size - node.used - node.wanted)
    if (!parts) return
    for (const part of parts) this.#take(part)
    this.#waiting.splice(this.#waiting.indexOf(gang), 1)
    this.#running.push({ gang, parts, since: this.#now })
    const size = gang.roles.reduce((sum, role) => sum + role.members * role.acceleratorsPerMember, 0)
    this.events.push({ kind: 'placed', at: this.#at(), gangId: gang.id, parts, borrowed: b % (size + 1) })
  }

  /** Room for all roles of the gang in one pool each; the roles of one gang never share a node. */
  #partsFor(gang: Gang, b: number, roomOn: (node: DrawnNode) => number): Part[] | undefined {
    const parts: Part[] = []
    for (const [n, role] of gang.roles.entries()) {
      const pools = POOLS.filter(({ hardware }) =>
        role.accepts.some((accepted) => accepted.hardware === hardware),
      )
      const poolId = pools[(b + n) % pools.length]?.id ?? ''
      const taken = new Set(
        parts.filter((part) => part.poolId === poolId).flatMap(({ runs }) => runs.map(({ first }) => first)),
      )
      const runs: NodeRun[] = []
      let rest = role.members * role.acceleratorsPerMember
      for (const [first, node] of (this.#nodes.get(poolId) ?? []).entries()) {
        const each = isUp(node) && !taken.has(first) ? Math.min(rest, roomOn(node)) : 0
        if (each > 0) runs.push({ first, nodes: 1, each })
        rest -= Math.max(0, each)
      }
      if (rest > 0) return undefined
      parts.push({ role: role.name, poolId, runs, cpuCores: role.members })
    }
    return parts
  }

  #isFree(room: readonly Part[]): boolean {
    return room.every(({ poolId, runs }) =>
      runs.every(({ first, each }) => {
        const node = this.#node(poolId, first)
        return isUp(node) && node.used + each <= node.size
      }),
    )
  }

  #node(poolId: string, first: number): DrawnNode {
    return this.#nodes.get(poolId)?.[first] as DrawnNode
  }

  #take(part: Part): void {
    for (const { first, each } of part.runs) this.#node(part.poolId, first).used += each
  }

  #give(part: Part): void {
    for (const { first, each } of part.runs) (this.#nodes.get(part.poolId)?.[first] as DrawnNode).used -= each
  }

  #end(a: number, b: number): void {
    const cancelsWaiting = b % 3 === 0
    const gang = cancelsWaiting ? this.#waiting[a % Math.max(1, this.#waiting.length)] : undefined
    if (gang) {
      this.#waiting.splice(this.#waiting.indexOf(gang), 1)
      this.#dropRoom(gang.id)
      this.events.push({ kind: 'cancelled', at: this.#at(), gangId: gang.id })
      return
    }
    const running = this.#running[a % Math.max(1, this.#running.length)]
    if (!running) return
    this.#stop(running)
    const kind = b % 5 === 0 ? 'cancelled' : 'finished'
    this.events.push({ kind, at: this.#at(), gangId: running.gang.id })
  }

  #stop(running: Running): void {
    for (const part of running.parts) this.#give(part)
    this.#running.splice(this.#running.indexOf(running), 1)
  }

  #evict(
    running: Running | undefined,
    because: 'reclaimed' | 'nodeFailed' | 'nodesRemoved' | 'outage',
    b: number,
  ): void {
    if (!running) return
    this.#stop(running)
    this.#waiting.push(running.gang)
    const ran = this.#now - running.since
    const lostMs = Math.floor((ran * (b % 11)) / 10 / TICK_MS) * TICK_MS
    const keptMs = ran - lostMs
    this.events.push({ kind: 'evicted', at: this.#at(), gangId: running.gang.id, because, keptMs, lostMs })
  }

  /** Its first role takes more of a node that it is on, or gives a part of one back, and may lose some of its work. */
  #resize(a: number, b: number): void {
    const running = this.#running[a % Math.max(1, this.#running.length)]
    const [part, ...others] = running?.parts ?? []
    const [run, ...runs] = part?.runs ?? []
    if (!running || !part || !run) return
    const node = this.#node(part.poolId, run.first)
    const room = node.size - node.used - node.wanted
    const each = b % 2 === 0 && room > 0 ? run.each + room : Math.ceil(run.each / 2)
    for (const held of running.parts) this.#give(held)
    running.parts = [{ ...part, runs: [{ ...run, each }, ...runs] }, ...others]
    for (const held of running.parts) this.#take(held)
    const lostMs = b % 3 === 0 ? Math.floor((this.#now - running.since) / TICK_MS / 2) * TICK_MS : 0
    if (lostMs > 0) running.since = this.#now
    const kind = b % 7 === 0 ? ('moved' as const) : ('resized' as const)
    const change = { gangId: running.gang.id, parts: running.parts, borrowed: b % (each + 1), lostMs }
    this.events.push({ kind, at: this.#at(), ...change })
  }

  #failOrReturn(a: number, b: number): void {
    const poolId = POOLS[a % POOLS.length]?.id ?? ''
    const nodes = this.#nodes.get(poolId) ?? []
    const node = b % Math.max(1, nodes.length)
    const hit = nodes[node]
    if (hit?.state === 'failed') {
      hit.state = 'up'
      const staysOut = hit.isOut ? ({ staysOut: true } as const) : {}
      this.events.push({ kind: 'nodeReturned', at: this.#at(), poolId, node, ...staysOut })
    } else if (hit?.state === 'up') {
      hit.state = 'failed'
      this.events.push({ kind: 'nodeFailed', at: this.#at(), poolId, node })
      this.#evictFrom(poolId, node, 'nodeFailed', b)
    }
  }

  /** Nodes that failed by themselves stay so when the outage ends. */
  #beginOrEndOutage(poolId: string, b: number): void {
    const nodes = this.#nodes.get(poolId) ?? []
    const ends = this.#outages.delete(poolId)
    if (!ends) this.#outages.add(poolId)
    for (const node of nodes) node.isOut = !ends
    const touched = nodes.flatMap(({ state }, first) => (state === 'up' ? [{ poolId, first, nodes: 1 }] : []))
    const told = { at: this.#at(), outageId: poolId, nodes: touched }
    if (ends) this.events.push({ kind: 'outageEnded', ...told })
    else this.events.push({ kind: 'outageBegan', ...told, of: { kind: 'pool', poolId } })
    const sitsThere = ({ parts }: Running) => parts.some((part) => part.poolId === poolId)
    for (const running of ends ? [] : this.#running.filter(sitsThere)) this.#evict(running, 'outage', b)
  }

  #removeNode(a: number, b: number): void {
    const poolId = POOLS[a % POOLS.length]?.id ?? ''
    const nodes = this.#nodes.get(poolId) ?? []
    const firstNode = b % Math.max(1, nodes.length)
    const hit = nodes[firstNode]
    if (!hit) return
    hit.state = 'gone'
    this.events.push({ kind: 'nodesRemoved', at: this.#at(), poolId, firstNode, nodes: 1 })
    this.#evictFrom(poolId, firstNode, 'nodesRemoved', b)
  }

  #evictFrom(poolId: string, node: number, because: 'nodeFailed' | 'nodesRemoved', b: number): void {
    const sitsThere = ({ parts }: Running) =>
      parts.some((part) => part.poolId === poolId && part.runs.some(({ first }) => first === node))
    for (const running of this.#running.filter(sitsThere)) this.#evict(running, because, b)
  }

  /** Room is chosen as if nobody ran: whoever does is asked to give back. */
  #handOver(a: number, b: number): void {
    const gang = this.#waiting[a % Math.max(1, this.#waiting.length)]
    if (!gang) return
    const gangId = gang.id
    if (this.#rooms.has(gangId)) {
      this.#dropRoom(gangId)
      this.events.push({ kind: 'handOverDropped', at: this.#at(), gangId })
      return
    }
    const parts = this.#partsFor(gang, b, (node) => node.size - node.wanted)
    if (!parts) return
    for (const part of parts)
      for (const { first, each } of part.runs) this.#node(part.poolId, first).wanted += each
    this.#rooms.set(gangId, parts)
    const by = instant(this.#now + TICK_MS)
    this.events.push({ kind: 'handOverPlanned', at: this.#at(), gangId, parts, by })
  }

  #dropRoom(gangId: string): void {
    for (const part of this.#rooms.get(gangId) ?? [])
      for (const { first, each } of part.runs) this.#node(part.poolId, first).wanted -= each
    this.#rooms.delete(gangId)
  }
}

function isUp({ state, isOut }: DrawnNode): boolean {
  return state === 'up' && !isOut
}

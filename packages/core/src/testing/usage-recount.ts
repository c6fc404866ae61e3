import type { AllocationEvent, Part } from '../allocation/events.ts'
import type { Instant } from '../base/instant.ts'
import type { Span } from '../base/span.ts'
import type { Gang } from '../demand/gang.ts'
import { POOLS, TICK_MS } from './allocation-history.ts'

/**
 * Usage and idle time counted again, tick by tick: at every tick the whole history before it is read anew.
 * Shares no code with what it checks; sums are in accelerator-ticks, keyed by text.
 */
export class UsageRecount {
  /** `month tenant pool`. */
  readonly used = new Map<string, number>()
  /** `month pool cause`, with `used`, `promised` and `beyondPromise` among the causes. */
  readonly idle = new Map<string, number>()
  readonly #events: readonly AllocationEvent[]
  readonly #promised: (poolId: string, at: number) => number

  constructor(
    events: readonly AllocationEvent[],
    span: Span,
    promised: (poolId: string, at: number) => number,
  ) {
    this.#events = events
    this.#promised = promised
    for (let at: number = span.start; at < span.until; at += TICK_MS) this.#countTick(at)
  }

  #countTick(at: number): void {
    const world = worldAt(this.#events, at)
    const month = new Date(at).toISOString().slice(0, 7)
    for (const { gang, parts } of world.stays.values())
      for (const part of parts) tally(this.used, `${month} ${gang.tenant} ${part.poolId}`, sizeOf(part))
    for (const { id, hardware } of POOLS) this.#countPool(world, id, hardware, { month, at })
  }

  #countPool(world: World, id: string, hardware: string, { month, at }: { month: string; at: number }): void {
    const nodes = world.nodes.get(id) ?? []
    let present = 0
    let broken = 0
    for (const node of nodes) {
      if (node.state !== 'gone') present += node.size
      if (node.state === 'failed' || (node.state === 'up' && world.out.has(id))) broken += node.size
    }
    let used = 0
    for (const { parts } of world.stays.values())
      for (const part of parts) if (part.poolId === id) used += sizeOf(part)
    const promised = this.#promised(id, at)
    let rest = present - broken - used
    const draining = Math.min(rest, keptFree(world, id))
    rest -= draining
    const wants = [...world.waiting.values()]
      .filter(({ id: gangId }) => !world.rooms.has(gangId))
      .map((gang) => needOf(gang, hardware))
      .filter((size) => size > 0)
    wants.sort((a, b) => a - b)
    let fragmented = 0
    for (const size of wants) if (fragmented + size <= rest) fragmented += size
    rest -= fragmented
    const unmet = wants.reduce((sum, size) => sum + size, 0) - fragmented
    const tooFew = Math.min(unmet, rest)
    const late = promised > present ? promised - present : 0
    const beyondPromise = present > promised ? present - promised : 0
    const noDemand = rest - tooFew
    const counts = { used, promised, beyondPromise, noDemand, tooFew, fragmented, draining, broken, late }
    for (const [cause, count] of Object.entries(counts)) tally(this.idle, `${month} ${id} ${cause}`, count)
  }
}

interface World {
  readonly nodes: Map<string, { state: string; size: number }[]>
  readonly waiting: Map<string, Gang>
  readonly stays: Map<string, { gang: Gang; parts: readonly Part[]; since: Instant }>
  /** The room that is being cleared for a gang. */
  readonly rooms: Map<string, readonly Part[]>
  /** Pools of which all is out of service. */
  readonly out: Set<string>
}

function worldAt(events: readonly AllocationEvent[], at: number): World {
  const world: World = {
    nodes: new Map(),
    waiting: new Map(),
    stays: new Map(),
    rooms: new Map(),
    out: new Set(),
  }
  for (const event of events) if (event.at <= at) happen(world, event)
  return world
}

function happen(world: World, event: AllocationEvent): void {
  const { nodes, waiting, stays, rooms } = world
  if (event.kind === 'poolOpened') nodes.set(event.pool.id, [])
  if (event.kind === 'nodesAdded')
    for (const group of event.nodes)
      for (let n = 0; n < group.domains * group.nodesPerDomain; n++)
        nodes.get(event.poolId)?.push({ state: 'up', size: group.acceleratorsPerNode })
  if (event.kind === 'nodesRemoved') {
    for (let n = event.firstNode; n < event.firstNode + event.nodes; n++)
      setState(world, event.poolId, n, 'gone')
  }
  if (event.kind === 'outageBegan' && event.of.kind === 'pool') world.out.add(event.of.poolId)
  if (event.kind === 'outageEnded') world.out.delete(event.outageId)
  if (event.kind === 'nodeFailed') setState(world, event.poolId, event.node, 'failed')
  if (event.kind === 'nodeReturned') setState(world, event.poolId, event.node, 'up')
  if (event.kind === 'submitted') waiting.set(event.gang.id, event.gang)
  if (event.kind === 'placed') {
    const gang = waiting.get(event.gangId)
    if (!gang) throw new Error('placed without waiting')
    stays.set(event.gangId, { gang, parts: event.parts, since: event.at })
    waiting.delete(event.gangId)
    rooms.delete(event.gangId)
  }
  if (event.kind === 'resized' || event.kind === 'moved') {
    const stay = stays.get(event.gangId)
    if (!stay) throw new Error('changed without staying')
    stays.set(event.gangId, { ...stay, parts: event.parts })
  }
  if (event.kind === 'evicted') {
    const stay = stays.get(event.gangId)
    if (!stay) throw new Error('evicted without staying')
    waiting.set(event.gangId, stay.gang)
    stays.delete(event.gangId)
  }
  if (event.kind === 'finished' || event.kind === 'cancelled') {
    waiting.delete(event.gangId)
    stays.delete(event.gangId)
    rooms.delete(event.gangId)
  }
  if (event.kind === 'handOverPlanned') rooms.set(event.gangId, event.parts)
  if (event.kind === 'handOverDropped') rooms.delete(event.gangId)
}

function setState(world: World, poolId: string, n: number, state: string): void {
  const node = world.nodes.get(poolId)?.[n]
  if (node) node.state = state
}

/** Node by node: what is free of the rooms that are being cleared there. */
function keptFree(world: World, poolId: string): number {
  let kept = 0
  if (world.out.has(poolId)) return kept
  for (const [n, node] of (world.nodes.get(poolId) ?? []).entries()) {
    if (node.state !== 'up') continue
    let wanted = 0
    for (const room of world.rooms.values()) wanted += onNode(room, poolId, n)
    let used = 0
    for (const { parts } of world.stays.values()) used += onNode(parts, poolId, n)
    kept += Math.min(wanted, node.size - used)
  }
  return kept
}

function onNode(parts: readonly Part[], poolId: string, n: number): number {
  let count = 0
  for (const part of parts)
    if (part.poolId === poolId)
      for (const { first, nodes, each } of part.runs) if (first <= n && n < first + nodes) count += each
  return count
}

function needOf(gang: Gang, hardware: string): number {
  let need = 0
  for (const role of gang.roles)
    if (role.accepts.some((accepted) => accepted.hardware === hardware))
      need += (role.elastic?.sizes[0]?.members ?? role.members) * role.acceleratorsPerMember
  return need
}

function sizeOf(part: Part): number {
  let size = 0
  for (const run of part.runs) for (let n = 0; n < run.nodes; n++) size += run.each
  return size
}

function tally(sums: Map<string, number>, key: string, count: number): void {
  if (count > 0) sums.set(key, (sums.get(key) ?? 0) + count)
}

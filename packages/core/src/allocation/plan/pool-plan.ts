import type { Instant } from '../../base/instant.ts'
import type { Role } from '../../demand/gang.ts'
import type { NodeRun, Part } from '../events.ts'
import { acceleratorsOfPart } from '../events.ts'
import type { PoolState } from '../pool-state.ts'
import { cpuCoresOf } from '../shape.ts'

/** What is free in a pool from one moment until the next one at which that changes. */
interface Slice {
  readonly from: number
  /** By node. */
  readonly free: Int32Array
  cores: number
  /** All together. */
  accelerators: number
}

/**
 * The future of a pool: what is free when, node by node, if running gangs end by their limits and waiting ones start where
 * they were promised. Those that stated no limit never end.
 */
export class PoolPlan {
  readonly #pool: PoolState
  readonly #slices: Slice[]

  constructor(pool: PoolState, at: Instant) {
    this.#pool = pool
    const free = Int32Array.from({ length: pool.free.nodes }, (_, node) => pool.free.freeOf(node))
    this.#slices = [{ from: at, free, cores: pool.cpuFree, accelerators: pool.free.free }]
    for (const { expectedEnd, parts } of pool.running) {
      if (!Number.isFinite(expectedEnd)) break
      this.#change(parts, Math.max(expectedEnd, at + 1), Number.POSITIVE_INFINITY, 1)
    }
  }

  /** The earliest moment from which members of the role would find room for so long; before `before`, if that is given. */
  firstStart(role: Role, lastsMs: number, before = Number.POSITIVE_INFINITY): number | undefined {
    const accelerators = role.members * role.acceleratorsPerMember
    for (const [n, { from, accelerators: free }] of this.#slices.entries()) {
      if (from >= before) return undefined
      if (free >= accelerators && this.#seatsFrom(n, role, lastsMs)) return from
    }
    return undefined
  }

  /** Promises the room that `firstStart` found. */
  promise(role: Role, start: number, lastsMs: number): Part {
    const seats = this.#seatsFrom(
      this.#slices.findIndex(({ from }) => from === start),
      role,
      lastsMs,
    ) as Part
    this.#change([seats], start, start + lastsMs, -1)
    return seats
  }

  /** Whether what the parts take of this pool is free until then. */
  isFreeUntil(parts: readonly Part[], end: number): boolean {
    const here = parts.filter(({ poolId }) => poolId === this.#pool.pool.id)
    const cores = here.reduce((sum, part) => sum + part.cpuCores, 0)
    const taken = takenBy(here)
    return this.#slices.every(({ from, free, cores: left }) => {
      if (from >= end) return true
      return left >= cores && [...taken].every(([node, count]) => (free[node] ?? 0) >= count)
    })
  }

  hold(parts: readonly Part[], from: number, until: number): void {
    this.#change(
      parts.filter(({ poolId }) => poolId === this.#pool.pool.id),
      from,
      until,
      -1,
    )
  }

  #seatsFrom(first: number, role: Role, lastsMs: number): Part | undefined {
    const start = this.#slices[first]
    if (!start) return undefined
    const free = Int32Array.from(start.free)
    let cores = start.cores
    for (let n = first + 1; n < this.#slices.length; n++) {
      const slice = this.#slices[n] as Slice
      if (slice.from >= start.from + lastsMs) break
      cores = Math.min(cores, slice.cores)
      for (let node = 0; node < free.length; node++)
        if ((slice.free[node] ?? 0) < (free[node] ?? 0)) free[node] = slice.free[node] ?? 0
    }
    const cpuCores = cpuCoresOf(role)
    if (cpuCores > cores) return undefined
    const runs = role.acceleratorsPerMember === 0 ? [] : this.#choose(free, role)
    return runs && { role: role.name, poolId: this.#pool.pool.id, runs, cpuCores }
  }

  /** In the unit that it must sit in with the least free that holds it, on the fullest nodes first. */
  #choose(free: Int32Array, { members, acceleratorsPerMember: each, within }: Role): NodeRun[] | undefined {
    const units = new Map<number, number[]>()
    for (let node = 0; node < free.length; node++) {
      if ((free[node] ?? 0) < each) continue
      const unit = within.required ? this.#unitOf(within.level, node) : 0
      const nodes = units.get(unit)
      if (nodes) nodes.push(node)
      else units.set(unit, [node])
    }
    let best: { nodes: number[]; seats: number } | undefined
    for (const nodes of units.values()) {
      const seats = nodes.reduce((sum, node) => sum + Math.floor((free[node] ?? 0) / each), 0)
      if (seats >= members && (!best || seats < best.seats)) best = { nodes, seats }
    }
    return best && fill(free, best.nodes, members, each)
  }

  #unitOf(level: Role['within']['level'], node: number): number {
    if (level === 'pool') return 0
    if (level === 'node') return node
    const domain = this.#pool.free.domainOf(node)
    return level === 'domain' ? domain : this.#pool.free.blockOf(domain)
  }

  #change(parts: readonly Part[], from: number, until: number, sign: 1 | -1): void {
    const first = this.#cut(from)
    const last = until === Number.POSITIVE_INFINITY ? this.#slices.length : this.#cut(until)
    for (const part of parts) {
      if (part.poolId !== this.#pool.pool.id) continue
      const accelerators = acceleratorsOfPart(part)
      for (let n = first; n < last; n++) {
        const slice = this.#slices[n] as Slice
        slice.cores += sign * part.cpuCores
        slice.accelerators += sign * accelerators
        for (const run of part.runs)
          for (let node = run.first; node < run.first + run.nodes; node++)
            slice.free[node] = (slice.free[node] ?? 0) + sign * run.each
      }
    }
  }

  /** The number of the slice that begins at this moment; it is cut off from the one before where there is none. */
  #cut(at: number): number {
    let n = this.#slices.length
    while (n > 0 && (this.#slices[n - 1] as Slice).from >= at) n -= 1
    if (this.#slices[n]?.from === at || n === 0) return n
    const before = this.#slices[n - 1] as Slice
    this.#slices.splice(n, 0, { ...before, from: at, free: Int32Array.from(before.free) })
    return n
  }
}

function fill(free: Int32Array, nodes: readonly number[], members: number, each: number): NodeRun[] {
  const byFree = [...nodes].sort((a, b) => (free[a] ?? 0) - (free[b] ?? 0) || a - b)
  const whole = byFree.find((node) => (free[node] ?? 0) >= members * each)
  const taken: [number, number][] = []
  let left = members
  // The fullest node that holds all of it; else as few nodes as possible.
  for (const node of whole === undefined ? byFree.reverse() : [whole]) {
    const here = Math.min(left, Math.floor((free[node] ?? 0) / each))
    if (here > 0) taken.push([node, here * each])
    left -= here
    if (left === 0) break
  }
  return taken.sort((a, b) => a[0] - b[0]).map(([first, held]) => ({ first, nodes: 1, each: held }))
}

function takenBy(parts: readonly Part[]): ReadonlyMap<number, number> {
  const taken = new Map<number, number>()
  for (const { runs } of parts) {
    for (const { first, nodes, each } of runs)
      for (let node = first; node < first + nodes; node++) taken.set(node, (taken.get(node) ?? 0) + each)
  }
  return taken
}

import type { Part } from './events.ts'
import type { FreeIndex } from './free-index.ts'
import { KeptBeside } from './shares/kept-beside.ts'
import type { PoolRoom } from './shares/pool-room.ts'

/** What a pool has free, in accelerators by node and in cores. */
export interface FreeRoom {
  readonly free: FreeIndex
  readonly room?: PoolRoom | undefined
  cpuFree: number
}

/**
 * Room of one pool that is kept for an owner: what of it is free is held at once, and the rest as it becomes free, so that
 * nobody else starts there. A node of which something is missing has nothing free.
 */
export class KeptRoom {
  readonly #pool: FreeRoom
  readonly #wanted = new Map<number, number>()
  readonly #missing = new Map<number, number>()
  #cpuWanted = 0
  #cpuMissing = 0
  /** Absent where the pool's nodes state neither cores nor memory. */
  readonly beside: KeptBeside | undefined

  constructor(pool: FreeRoom) {
    this.#pool = pool
    this.beside = pool.room && new KeptBeside(pool.free, pool.room.nodes)
  }

  /** Whether all of it is held. */
  get isComplete(): boolean {
    const lacksBeside = this.beside !== undefined && this.beside.missing.size > 0
    return this.#missing.size === 0 && this.#cpuMissing === 0 && !lacksBeside
  }

  /** What is not yet held, by node. */
  get missing(): ReadonlyMap<number, number> {
    return this.#missing
  }

  get acceleratorsMissing(): number {
    let sum = 0
    for (const missing of this.#missing.values()) sum += missing
    return sum
  }

  get cpuMissing(): number {
    return this.#cpuMissing
  }

  get needsCores(): boolean {
    return this.#cpuWanted > 0
  }

  hasNodeIn(first: number, until: number): boolean {
    for (const node of this.#wanted.keys()) if (node >= first && node < until) return true
    for (const node of this.beside?.nodes ?? []) if (node >= first && node < until) return true
    return false
  }

  /** Wants what the part needs. */
  want(part: Part): void {
    this.beside?.want(part)
    for (const { first, nodes, each } of part.runs) {
      if (each === 0) continue
      for (let node = first; node < first + nodes; node++) {
        this.#wanted.set(node, (this.#wanted.get(node) ?? 0) + each)
        this.#missing.set(node, (this.#missing.get(node) ?? 0) + each)
      }
    }
    this.#cpuWanted += part.cpuCores
    this.#cpuMissing += part.cpuCores
  }

  /** Holds what is missing and free by now. */
  grab(): void {
    for (const node of [...this.#missing.keys()]) this.#grabNode(node)
    this.beside?.grab()
    const cores = Math.min(this.#cpuMissing, Math.max(0, this.#pool.cpuFree))
    this.#pool.cpuFree -= cores
    this.#cpuMissing -= cores
  }

  /** Gives back what is held; `grab` holds it again. */
  giveBack(): void {
    for (const [node, wanted] of this.#wanted) {
      const held = wanted - (this.#missing.get(node) ?? 0)
      if (held > 0) this.#pool.free.give([{ first: node, nodes: 1, each: held }])
      this.#missing.set(node, wanted)
    }
    this.beside?.giveBack()
    this.#pool.cpuFree += this.#cpuWanted - this.#cpuMissing
    this.#cpuMissing = this.#cpuWanted
  }

  /** Whether the part's end would free something that is missing. */
  isServedBy(part: Part): boolean {
    if (part.cpuCores > 0 && this.#cpuMissing > 0) return true
    for (const { first, nodes } of part.runs) {
      for (let node = first; node < first + nodes; node++)
        if (this.#missing.has(node) || this.beside?.missing.has(node)) return true
    }
    return false
  }

  #grabNode(node: number): void {
    const missing = this.#missing.get(node) ?? 0
    const held = Math.min(missing, this.#pool.free.freeOf(node))
    if (held === 0) return
    this.#pool.free.take([{ first: node, nodes: 1, each: held }])
    if (held === missing) this.#missing.delete(node)
    else this.#missing.set(node, missing - held)
  }
}

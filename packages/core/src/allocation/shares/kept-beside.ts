import type { NodeRun, Part } from '../events.ts'
import type { FreeIndex } from '../free-index.ts'
import type { NodeRoom } from './node-room.ts'

/** Cores, in milli, and memory, in MiB, of one node. */
interface Beside {
  readonly cpuMilli: number
  readonly memoryMiB: number
}

const NOTHING: Beside = { cpuMilli: 0, memoryMiB: 0 }

/** Cores and memory of nodes that are kept for an owner beside accelerators: what is free of them, and the rest as it becomes free. */
export class KeptBeside {
  readonly #index: FreeIndex
  readonly #room: NodeRoom
  readonly #wanted = new Map<number, Beside>()
  readonly #missing = new Map<number, Beside>()

  constructor(index: FreeIndex, room: NodeRoom) {
    this.#index = index
    this.#room = room
  }

  /** What is not yet held, by node. */
  get missing(): ReadonlyMap<number, Beside> {
    return this.#missing
  }

  get nodes(): Iterable<number> {
    return this.#wanted.keys()
  }

  want(part: Part): void {
    for (const [node, wanted] of besideOf([part])) {
      this.#wanted.set(node, sum(this.#wanted.get(node), wanted))
      this.#missing.set(node, sum(this.#missing.get(node), wanted))
    }
  }

  grab(): void {
    for (const run of this.freeOfMissing()) {
      this.#index.take([run])
      const left = sum(this.#missing.get(run.first), run, -1)
      if (left.cpuMilli === 0 && left.memoryMiB === 0) this.#missing.delete(run.first)
      else this.#missing.set(run.first, left)
    }
  }

  giveBack(): void {
    for (const [node, wanted] of this.#wanted) {
      const held = sum(wanted, this.#missing.get(node) ?? NOTHING, -1)
      if (held.cpuMilli > 0 || held.memoryMiB > 0) this.#index.give([runOf(node, held)])
      this.#missing.set(node, wanted)
    }
  }

  /** What is free of what is missing, to be taken. */
  freeOfMissing(): (NodeRun & Beside)[] {
    const runs: (NodeRun & Beside)[] = []
    for (const [node, { cpuMilli, memoryMiB }] of this.#missing) {
      if (!this.#index.isOnline(node)) continue
      const free = {
        cpuMilli: Math.min(cpuMilli, this.#room.cpuLeftOn(node)),
        memoryMiB: Math.min(memoryMiB, this.#room.memoryLeftOn(node)),
      }
      if (free.cpuMilli > 0 || free.memoryMiB > 0) runs.push(runOf(node, free))
    }
    return runs
  }
}

/** What those who are to go hold of cores and memory, by node, less what others count on. */
export class BesideSupply {
  readonly #left = new Map<number, Beside>()

  add(parts: readonly Part[]): void {
    for (const [node, held] of besideOf(parts)) this.#left.set(node, sum(this.#left.get(node), held))
  }

  /** Takes what is missing. Returns whether it does not suffice. */
  isShortOf(missing: ReadonlyMap<number, Beside>): boolean {
    let isShort = false
    for (const [node, wanted] of missing) {
      const left = sum(this.#left.get(node), wanted, -1)
      this.#left.set(node, left)
      if (left.cpuMilli < 0 || left.memoryMiB < 0) isShort = true
    }
    return isShort
  }
}

function besideOf(parts: readonly Part[]): Map<number, Beside> {
  const found = new Map<number, Beside>()
  for (const { runs } of parts) {
    for (const { first, nodes, cpuMilli = 0, memoryMiB = 0 } of runs) {
      if (cpuMilli === 0 && memoryMiB === 0) continue
      for (let node = first; node < first + nodes; node++)
        found.set(node, sum(found.get(node), { cpuMilli, memoryMiB }))
    }
  }
  return found
}

function runOf(node: number, beside: Beside): NodeRun & Beside {
  return { first: node, nodes: 1, each: 0, ...beside }
}

function sum(a: Beside = NOTHING, b: Beside, sign: 1 | -1 = 1): Beside {
  return { cpuMilli: a.cpuMilli + sign * b.cpuMilli, memoryMiB: a.memoryMiB + sign * b.memoryMiB }
}

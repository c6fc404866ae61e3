import { milliOf, type PodKind } from './pod-kind.ts'

/** How a node is built. */
export interface PackedNode {
  readonly cpuMilli: number
  readonly memoryMiB: number
  readonly accelerators: number
  /** A number below 31 for the model of its accelerators. */
  readonly model: number
}

export const WHOLE_MILLI = 1000

/** What is free on nodes, in typed arrays by node, as the scorers of packing read it. */
export interface FreeSlots {
  readonly nodes: number
  readonly slotWidth: number
  readonly model: Int32Array
  readonly slots: Int32Array
  readonly cpuFree: Int32Array
  readonly memoryFree: Int32Array
  readonly slotFree: Int32Array
  /** Of all slots together. */
  readonly milliFree: Int32Array
  /** Slots that nobody uses. */
  readonly wholeFree: Int32Array
  /** Counts the changes of each node. */
  readonly version: Int32Array
}

/**
 * What the nodes of a fleet have free while pods come and go, in typed arrays. An accelerator is divided into 1,000 milli; a
 * node's accelerators are its slots, a row of `slotWidth` in `slotFree`, of which the first `slots` are there.
 */
export class PackingFleet implements FreeSlots {
  readonly built: readonly PackedNode[]
  readonly nodes: number
  readonly slotWidth: number
  readonly milliTotal: number
  milliUsed = 0
  readonly model: Int32Array
  readonly slots: Int32Array
  readonly cpuFree: Int32Array
  readonly memoryFree: Int32Array
  readonly slotFree: Int32Array
  readonly milliFree: Int32Array
  readonly wholeFree: Int32Array
  readonly version: Int32Array

  constructor(built: readonly PackedNode[]) {
    this.built = built
    this.nodes = built.length
    this.slotWidth = built.reduce((widest, { accelerators }) => Math.max(widest, accelerators), 1)
    this.model = Int32Array.from(built, ({ model }) => model)
    this.slots = Int32Array.from(built, ({ accelerators }) => accelerators)
    this.cpuFree = Int32Array.from(built, ({ cpuMilli }) => cpuMilli)
    this.memoryFree = Int32Array.from(built, ({ memoryMiB }) => memoryMiB)
    this.wholeFree = Int32Array.from(this.slots)
    this.milliFree = this.slots.map((slots) => slots * WHOLE_MILLI)
    this.milliTotal = this.milliFree.reduce((sum, milli) => sum + milli, 0)
    this.version = new Int32Array(this.nodes)
    this.slotFree = new Int32Array(this.nodes * this.slotWidth)
    for (let node = 0; node < this.nodes; node++) {
      const first = node * this.slotWidth
      this.slotFree.fill(WHOLE_MILLI, first, first + (this.slots[node] as number))
    }
  }

  /** The slots that a pod takes, one bit each: a share that of its choice, whole accelerators the lowest that are free. */
  slotsFor(node: number, kind: PodKind, slot: number): number {
    if (kind.accelerators === 0) return 0
    if (kind.milliEach < WHOLE_MILLI) return 1 << slot
    const first = node * this.slotWidth
    let taken = 0
    for (let at = 0, left = kind.accelerators; left > 0; at++) {
      if (this.slotFree[first + at] !== WHOLE_MILLI) continue
      taken |= 1 << at
      left -= 1
    }
    return taken
  }

  hold(node: number, kind: PodKind, memoryMiB: number, slots: number): void {
    this.#shift(node, kind, memoryMiB, slots, 1)
  }

  release(node: number, kind: PodKind, memoryMiB: number, slots: number): void {
    this.#shift(node, kind, memoryMiB, slots, -1)
  }

  #shift(node: number, kind: PodKind, memoryMiB: number, taken: number, sign: 1 | -1): void {
    const milli = sign * milliOf(kind)
    this.cpuFree[node] = (this.cpuFree[node] as number) - sign * kind.cpuMilli
    this.memoryFree[node] = (this.memoryFree[node] as number) - sign * memoryMiB
    this.milliFree[node] = (this.milliFree[node] as number) - milli
    this.milliUsed += milli
    this.version[node] = (this.version[node] as number) + 1
    const first = node * this.slotWidth
    for (let slots = taken; slots !== 0; slots &= slots - 1) {
      const at = first + 31 - Math.clz32(slots & -slots)
      const before = this.slotFree[at] as number
      const after = before - sign * kind.milliEach
      this.slotFree[at] = after
      if (before === WHOLE_MILLI) this.wholeFree[node] = (this.wholeFree[node] as number) - 1
      else if (after === WHOLE_MILLI) this.wholeFree[node] = (this.wholeFree[node] as number) + 1
    }
  }
}

import { assert } from '../../base/assert.ts'
import type { NodeGroup } from '../../capacity/topology.ts'
import type { BesideAccelerators } from '../beside-accelerators.ts'
import type { NodeRun } from '../events.ts'
import type { FreeIndex } from '../free-index.ts'
import { ChangedNodes } from '../packing/changed-nodes.ts'
import { type FreeSlots, type PackedNode, WHOLE_MILLI } from '../packing/packing-fleet.ts'
import { isForCpuAlone, type MemberNeed, milliOfCores } from './member-need.ts'

/** Accelerators of one node beyond this number are not shared. */
export const SLOTS_MOST = 128
/** Stands for as much CPU, in milli, or memory, in MiB, as members need: beyond any node. */
const UNSTATED = 1_000_000_000
const NOT_OPENED = -1

/** Who wants to count a node out before it changes, and in again after. */
export interface NodeWatcher {
  leave(node: number): void
  enter(node: number): void
}

/**
 * What the nodes of one pool have beside whole accelerators: cores and memory where they state them, and shares.
 *
 * An accelerator is opened for shares: taken whole from the free index, under the number of a slot of its node, and cut up; the
 * last share that leaves gives it back. Accelerators that are held whole have no number of their own. So a node's slots are those
 * opened, each with its remnant, then as many held whole and free ones as there are, in this order: what a row looks like
 * depends on what is held and on nothing else.
 */
export class NodeRoom implements FreeSlots, BesideAccelerators {
  nodes = 0
  slotWidth = 1
  model = new Int32Array(0)
  slots = new Int32Array(0)
  /** What is free as scorers see it: nothing of nodes out of service. Where no node states its cores there is one for every free accelerator, so that none lacks. */
  cpuFree = new Int32Array(0)
  memoryFree = new Int32Array(0)
  slotFree = new Int32Array(0)
  milliFree = new Int32Array(0)
  wholeFree = new Int32Array(0)
  version = new Int32Array(0)
  changedNodes = new ChangedNodes(0)
  /** How each node is built; unstated cores and memory are more than anybody needs. */
  readonly built: PackedNode[] = []
  watcher: NodeWatcher | undefined
  /** Whether any node states its cores; its memory. */
  statesCores = false
  statesMemory = false
  /** Of all nodes in service. */
  milliFreeInAll = 0
  readonly #index: FreeIndex
  #cpuLeft = new Int32Array(0)
  #memoryLeft = new Int32Array(0)
  /** Of opened accelerators what is free; NOT_OPENED of the others. */
  #remnant = new Int16Array(0)
  readonly #opened: number[] = []
  /** By how many sharers that are to leave each slot is closed to others. */
  readonly #closed = new Map<number, number>()

  /** For nodes that the index has already; `groups` are all of them. */
  constructor(index: FreeIndex, groups: readonly NodeGroup[]) {
    this.#index = index
    index.beside = this
    this.add(groups)
  }

  /** Whether cores or memory limit where members may sit. */
  get isStated(): boolean {
    return this.statesCores || this.statesMemory
  }

  /** Adds nodes that the index has been given before. */
  add(groups: readonly NodeGroup[]): void {
    const before = this.nodes
    this.watcher = undefined
    for (const group of groups) this.#addGroup(group)
    this.#grow(before)
    for (let node = 0; node < this.nodes; node++) this.#refresh(node)
  }

  changed(first: number, until: number): void {
    for (let node = first; node < until; node++) this.#refresh(node)
  }

  hold(runs: readonly NodeRun[], sign: 1 | -1): void {
    for (const { first, nodes, cpuMilli = 0, memoryMiB = 0, milli = 0, slot = 0 } of runs) {
      if (milli > 0) this.#share(first, slot, sign * milli)
      if (cpuMilli === 0 && memoryMiB === 0) continue
      for (let node = first; node < first + nodes; node++) {
        const cpu = (this.#cpuLeft[node] as number) - sign * cpuMilli
        const memory = (this.#memoryLeft[node] as number) - sign * memoryMiB
        assert(cpu >= 0 && memory >= 0, 'a node gives no more cores and memory than it has')
        this.#cpuLeft[node] = cpu
        this.#memoryLeft[node] = memory
        this.#refresh(node)
      }
    }
  }

  /** Closes a slot to further shares, or with −1 opens it again. */
  close(node: number, slot: number, change: 1 | -1): void {
    const key = node * SLOTS_MOST + slot
    const closed = (this.#closed.get(key) ?? 0) + change
    if (closed === 0) this.#closed.delete(key)
    else this.#closed.set(key, closed)
    this.#refresh(node)
  }

  /** What further shares may take of an opened accelerator; below 0 where the slot is not opened. */
  offeredOf(node: number, slot: number): number {
    const remnant = this.remnantOf(node, slot)
    const isClosed = remnant > 0 && this.#closed.size > 0 && this.#closed.has(node * SLOTS_MOST + slot)
    return isClosed ? 0 : remnant
  }

  /** How many members the node holds now. */
  seatsOn(node: number, need: MemberNeed): number {
    if (!this.#index.isOnline(node)) return 0
    const byAccelerators = isForCpuAlone(need)
      ? Number.POSITIVE_INFINITY
      : this.#acceleratorSeats(node, need, this.#index.freeOf(node))
    return this.#limited(node, need, byAccelerators, this.cpuLeftOn(node), this.memoryLeftOn(node))
  }

  /** How many members it would hold if nothing ran there. */
  seatsBuilt(node: number, need: MemberNeed): number {
    const { accelerators, cpuMilli, memoryMiB } = this.built[node] as PackedNode
    const shared = Math.min(accelerators, SLOTS_MOST) * sharesOfOne(need.milli)
    const ofWhole = need.accelerators > 0 ? Math.floor(accelerators / need.accelerators) : shared
    const byAccelerators = isForCpuAlone(need) ? Number.POSITIVE_INFINITY : ofWhole
    return this.#limited(node, need, byAccelerators, cpuMilli, memoryMiB)
  }

  statesCoresOf(node: number): boolean {
    return (this.built[node] as PackedNode).cpuMilli !== UNSTATED
  }

  statesMemoryOf(node: number): boolean {
    return (this.built[node] as PackedNode).memoryMiB !== UNSTATED
  }

  cpuLeftOn(node: number): number {
    return this.#cpuLeft[node] as number
  }

  memoryLeftOn(node: number): number {
    return this.#memoryLeft[node] as number
  }

  /** How many accelerators of the node are opened for shares. */
  openedOn(node: number): number {
    return this.#opened[node] ?? 0
  }

  /** What is free of an opened accelerator, in milli; below 0 where the slot is not opened. */
  remnantOf(node: number, slot: number): number {
    return this.#remnant[node * this.slotWidth + slot] as number
  }

  #acceleratorSeats(node: number, { accelerators, milli }: MemberNeed, free: number): number {
    if (accelerators > 0) return Math.floor(free / accelerators)
    const opened = this.openedOn(node)
    let seats = Math.min(free, (this.slots[node] as number) - opened) * sharesOfOne(milli)
    if (opened === 0) return seats
    for (let slot = 0; slot < (this.slots[node] as number); slot++) {
      const remnant = this.offeredOf(node, slot)
      if (remnant >= milli) seats += Math.floor(remnant / milli)
    }
    return seats
  }

  /** Members that need CPU and memory alone sit where both are counted. */
  #limited(node: number, need: MemberNeed, seats: number, cpu: number, memory: number): number {
    if (isForCpuAlone(need) && !this.statesCoresOf(node)) return 0
    let limited = seats
    if (need.cpuMilli > 0 && this.statesCoresOf(node))
      limited = Math.min(limited, Math.floor(cpu / need.cpuMilli))
    if (need.memoryMiB > 0 && this.statesMemoryOf(node))
      limited = Math.min(limited, Math.floor(memory / need.memoryMiB))
    return limited
  }

  #share(node: number, slot: number, taken: number): void {
    const at = node * this.slotWidth + slot
    const before = this.#remnant[at]
    const isThere = slot >= 0 && slot < (this.slots[node] as number)
    assert(before !== undefined && isThere, 'a share lies on an accelerator of its node')
    const opens = before === NOT_OPENED
    const after = (opens ? WHOLE_MILLI : before) - taken
    assert(after >= 0 && after <= WHOLE_MILLI && !(opens && taken < 0), 'an accelerator is shared out once')
    this.#remnant[at] = after === WHOLE_MILLI ? NOT_OPENED : after
    if (opens) this.#open(node, 1)
    else if (after === WHOLE_MILLI) this.#open(node, -1)
    else this.#refresh(node)
  }

  /** The free index tells of the change, and the node is looked at anew. */
  #open(node: number, sign: 1 | -1): void {
    this.#opened[node] = this.openedOn(node) + sign
    const whole = [{ first: node, nodes: 1, each: 1 }]
    if (sign === 1) this.#index.take(whole)
    else this.#index.give(whole)
    if (!this.#index.isOnline(node)) this.#refresh(node)
  }

  #refresh(node: number): void {
    const isOnline = this.#index.isOnline(node)
    this.watcher?.leave(node)
    this.milliFreeInAll -= this.milliFree[node] as number
    this.#fillRow(node, isOnline)
    const cpu = this.statesCores ? this.#cpuLeft[node] : this.milliFree[node]
    this.cpuFree[node] = isOnline ? (cpu as number) : 0
    this.memoryFree[node] = isOnline ? (this.#memoryLeft[node] as number) : 0
    this.milliFreeInAll += this.milliFree[node] as number
    this.version[node] = (this.version[node] as number) + 1
    this.changedNodes.add(node)
    this.watcher?.enter(node)
  }

  #fillRow(node: number, isOnline: boolean): void {
    const first = node * this.slotWidth
    const slots = this.slots[node] as number
    const whole = Math.min(this.#index.freeOf(node), slots - this.openedOn(node))
    let held = slots - this.openedOn(node) - whole
    let milli = whole * WHOLE_MILLI
    for (let at = first; at < first + slots; at++) {
      const remnant = this.offeredOf(node, at - first)
      if (remnant === NOT_OPENED) {
        this.slotFree[at] = held > 0 ? 0 : WHOLE_MILLI
        held -= 1
        continue
      }
      this.slotFree[at] = isOnline ? remnant : 0
      milli += this.slotFree[at] as number
    }
    this.wholeFree[node] = whole
    this.milliFree[node] = milli
  }

  #addGroup(group: NodeGroup): void {
    const { cpuCoresPerNode, memoryMiBPerNode, acceleratorsPerNode } = group
    const node = {
      cpuMilli: cpuCoresPerNode === undefined ? UNSTATED : milliOfCores(cpuCoresPerNode),
      memoryMiB: memoryMiBPerNode ?? UNSTATED,
      accelerators: acceleratorsPerNode,
      model: 0,
    }
    if (cpuCoresPerNode !== undefined) this.statesCores = true
    if (memoryMiBPerNode !== undefined) this.statesMemory = true
    for (let n = group.domains * group.nodesPerDomain; n > 0; n--) this.built.push(node)
  }

  /** Makes the arrays as long as there are nodes; what is held on those before `before` stays. */
  #grow(before: number): void {
    const { built } = this
    const width = built.reduce((widest, { accelerators }) => Math.max(widest, accelerators), 1)
    const [remnant, oldWidth] = [this.#remnant, this.slotWidth]
    this.nodes = built.length
    this.slotWidth = Math.min(width, SLOTS_MOST)
    this.slots = Int32Array.from(built, ({ accelerators }) => Math.min(accelerators, SLOTS_MOST))
    this.#cpuLeft = longer(
      this.#cpuLeft,
      built.map(({ cpuMilli }) => cpuMilli),
    )
    this.#memoryLeft = longer(
      this.#memoryLeft,
      built.map(({ memoryMiB }) => memoryMiB),
    )
    this.#remnant = new Int16Array(this.nodes * this.slotWidth).fill(NOT_OPENED)
    for (let node = 0; node < before; node++)
      this.#remnant.set(remnant.subarray(node * oldWidth, (node + 1) * oldWidth), node * this.slotWidth)
    this.slotFree = new Int32Array(this.#remnant.length)
    this.model = new Int32Array(this.nodes)
    this.cpuFree = new Int32Array(this.nodes)
    this.memoryFree = new Int32Array(this.nodes)
    this.milliFree = new Int32Array(this.nodes)
    this.wholeFree = new Int32Array(this.nodes)
    this.version = new Int32Array(this.nodes)
    this.changedNodes = new ChangedNodes(this.nodes)
    this.milliFreeInAll = 0
  }
}

function sharesOfOne(milli: number): number {
  return milli > 0 ? Math.floor(WHOLE_MILLI / milli) : 0
}

function longer(held: Int32Array<ArrayBuffer>, built: readonly number[]): Int32Array<ArrayBuffer> {
  const all = Int32Array.from(built)
  all.set(held)
  return all
}

import { type GangState, type Link, limitOf } from './gang-state.ts'
import { KindLine } from './kind-line.ts'
import { LineHeap } from './line-heap.ts'
import type { Kind } from './shape.ts'

/**
 * The waiting gangs in their order: higher priority first; within one priority those that ran before and were evicted,
 * then the others; each by submission. Linked lists, so that a gang in the middle leaves in one step; and those that never ran
 * also stand in a line by kind, so that a pass looks at few gangs of a kind that was refused.
 */
export class WaitingQueue {
  size = 0
  /** Different kinds of gangs among them. */
  kinds = 0
  #classes: PriorityClass[] = []
  readonly #shown = new LineHeap()

  add(gang: GangState): void {
    const lists = this.#classOf(gang.gang.priority)
    insert(gang.evictions > 0 ? lists.evicted : lists.fresh, gang)
    if (gang.evictions === 0) joinLine(lists, gang)
    this.size += 1
    if (gang.kind.waiting === 0) this.kinds += 1
    count(gang, 1)
  }

  remove(gang: GangState): void {
    const { previous, next } = gang
    if (!previous || !next) return
    previous.next = next
    next.previous = previous
    gang.previous = undefined
    gang.next = undefined
    if (gang.evictions === 0) leaveLine(this.#classOf(gang.gang.priority), gang)
    this.size -= 1
    count(gang, -1)
    if (gang.kind.waiting === 0) this.kinds -= 1
  }

  /** Whether no other waiting gang comes after this one. */
  isLast(gang: GangState): boolean {
    for (let i = this.#classes.length - 1; i >= 0; i--) {
      const { fresh, evicted } = this.#classes[i] as PriorityClass
      for (const list of [fresh, evicted]) {
        if (list.previous !== list) return list.previous === gang
      }
    }
    return false
  }

  /** Shows gangs in order until it was enough. A gang may be removed while it is shown, no other one. */
  show(to: Showing): void {
    for (const { evicted, fresh } of this.#classes) {
      if (showList(evicted, to) || showList(fresh, to)) return
    }
  }

  /**
   * The same, but passes over those that never ran whose limit is not below the bound of their kind when it is their turn.
   * Bounds may only fall on the way.
   */
  showBelow(to: Showing): void {
    for (const { evicted, lines } of this.#classes) {
      if (showList(evicted, to) || this.#showLines(lines, to)) return
    }
  }

  #showLines(lines: readonly KindLine[], to: Showing): boolean {
    const shown = this.#shown
    shown.clear()
    for (const line of lines) if (line.begin(to.boundOf(line.kind))) shown.add(line)
    for (let line = shown.first; line; line = shown.first) {
      if (to.isEnough(line.gang)) return true
      shown.moveFirst(!line.goOn(to.boundOf(line.kind)))
    }
    return false
  }

  /** In order. */
  *[Symbol.iterator](): Generator<GangState> {
    for (const { evicted, fresh } of this.#classes) {
      for (const list of [evicted, fresh]) {
        for (let at = list.next; at !== list; at = at.next as Link) yield at as GangState
      }
    }
  }

  #classOf(priority: number): PriorityClass {
    for (const known of this.#classes) if (known.priority === priority) return known
    const created = {
      priority,
      evicted: emptyList(),
      fresh: emptyList(),
      lines: [],
      lineOf: new Map<Kind, KindLine>(),
    }
    const inUse = this.#classes.filter(
      ({ evicted, fresh }) => evicted.next !== evicted || fresh.next !== fresh,
    )
    this.#classes = [...inUse, created].sort((a, b) => b.priority - a.priority)
    return created
  }
}

/** Who looks at waiting gangs. */
export interface Showing {
  /** Sees a gang; answers whether it was enough. */
  isEnough(gang: GangState): boolean
  /** Gangs of the kind that never ran need not be shown from this limit on. */
  boundOf(kind: Kind): number
}

interface PriorityClass {
  readonly priority: number
  readonly evicted: List
  readonly fresh: List
  /** The fresh ones by kind: the lines in which somebody stands, in no order, and all there are. */
  readonly lines: KindLine[]
  readonly lineOf: Map<Kind, KindLine>
}

/** The list itself is the link before its first and after its last gang. */
interface List extends Link {
  previous: Link
  next: Link
}

function joinLine(of: PriorityClass, gang: GangState): void {
  const line = lineIn(of, gang.kind)
  if (line.size === 0) line.slot = of.lines.push(line) - 1
  line.add(gang)
}

function leaveLine(of: PriorityClass, gang: GangState): void {
  const line = lineIn(of, gang.kind)
  line.remove(gang)
  if (line.size > 0) return
  // The line of a kind that is this gang's alone goes with it.
  if (gang.mindsMoney) of.lineOf.delete(gang.kind)
  const last = of.lines.pop() as KindLine
  if (last === line) return
  of.lines[line.slot] = last
  last.slot = line.slot
}

function lineIn({ lineOf }: PriorityClass, kind: Kind): KindLine {
  const known = lineOf.get(kind)
  if (known) return known
  const line = new KindLine(kind)
  lineOf.set(kind, line)
  return line
}

function showList(list: List, to: Showing): boolean {
  for (let at = list.next; at !== list; ) {
    const next = at.next as Link
    if (to.isEnough(at as GangState)) return true
    at = next
  }
  return false
}

function emptyList(): List {
  const list = { seq: -1 } as List
  list.previous = list
  list.next = list
  return list
}

/** Gangs mostly come in the order of their numbers, so the place is sought from the end. */
function insert(list: List, gang: GangState): void {
  let after: Link = list.previous
  while (after !== list && after.seq > gang.seq) after = after.previous as Link
  const before = after.next as Link
  gang.previous = after
  gang.next = before
  after.next = gang
  before.previous = gang
}

/** Counts a gang that comes or goes with its kind. */
function count(gang: GangState, sign: 1 | -1): void {
  const { kind } = gang
  kind.waiting += sign
  if (gang.evictions > 0) {
    kind.evicted += sign
    return
  }
  const { limits } = kind
  const limit = limitOf(gang)
  const at = firstAtLeast(limits, limit)
  if (sign === 1 && at === limits.length) limits.push(limit)
  else if (sign === 1) limits.splice(at, 0, limit)
  else if (at === limits.length - 1) limits.pop()
  else limits.splice(at, 1)
}

function firstAtLeast(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}

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
    if (gang.evictions === 0) lineOf(lists, gang.kind).add(gang)
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
    if (gang.evictions === 0) lineOf(this.#classOf(gang.gang.priority), gang.kind).remove(gang)
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

  /** Shows gangs in order until one answers that it was enough. A gang may be removed while it is shown, no other one. */
  show(isEnough: (gang: GangState) => boolean): void {
    for (const { evicted, fresh } of this.#classes) {
      if (showList(evicted, isEnough) || showList(fresh, isEnough)) return
    }
  }

  /**
   * The same, but passes over those that never ran whose limit is not below what `boundOf` says of their kind when it is their
   * turn. What it says may only fall on the way.
   */
  showBelow(boundOf: (kind: Kind) => number, isEnough: (gang: GangState) => boolean): void {
    for (const { evicted, lines } of this.#classes) {
      if (showList(evicted, isEnough) || this.#showLines(lines, boundOf, isEnough)) return
    }
  }

  #showLines(
    lines: ReadonlyMap<Kind, KindLine>,
    boundOf: (kind: Kind) => number,
    isEnough: (gang: GangState) => boolean,
  ): boolean {
    const shown = this.#shown
    shown.clear()
    for (const line of lines.values()) if (line.size > 0 && line.begin(boundOf(line.kind))) shown.add(line)
    for (let line = shown.first; line; line = shown.first) {
      if (isEnough(line.gang)) return true
      shown.moveFirst(!line.goOn(boundOf(line.kind)))
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
    const created = { priority, evicted: emptyList(), fresh: emptyList(), lines: new Map<Kind, KindLine>() }
    const inUse = this.#classes.filter(
      ({ evicted, fresh }) => evicted.next !== evicted || fresh.next !== fresh,
    )
    this.#classes = [...inUse, created].sort((a, b) => b.priority - a.priority)
    return created
  }
}

interface PriorityClass {
  readonly priority: number
  readonly evicted: List
  readonly fresh: List
  /** The fresh ones by kind. */
  readonly lines: Map<Kind, KindLine>
}

/** The list itself is the link before its first and after its last gang. */
interface List extends Link {
  previous: Link
  next: Link
}

function lineOf({ lines }: PriorityClass, kind: Kind): KindLine {
  const known = lines.get(kind)
  if (known) return known
  const line = new KindLine(kind)
  lines.set(kind, line)
  return line
}

function showList(list: List, isEnough: (gang: GangState) => boolean): boolean {
  for (let at = list.next; at !== list; ) {
    const next = at.next as Link
    if (isEnough(at as GangState)) return true
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

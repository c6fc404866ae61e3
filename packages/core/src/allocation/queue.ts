import { type GangState, type Link, limitOf } from './gang-state.ts'

/**
 * The waiting gangs in their order: higher priority first; within one priority those that ran before and were evicted,
 * then the others; each by submission. Linked lists, so that a gang in the middle leaves in one step.
 */
export class WaitingQueue {
  size = 0
  /** Different kinds of gangs among them. */
  kinds = 0
  #classes: PriorityClass[] = []

  add(gang: GangState): void {
    const lists = this.#classOf(gang.gang.priority)
    insert(gang.evictions > 0 ? lists.evicted : lists.fresh, gang)
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

  /** In order. */
  *[Symbol.iterator](): Generator<GangState> {
    for (const { evicted, fresh } of this.#classes) {
      for (const list of [evicted, fresh]) {
        for (let at = list.next; at !== list; at = at.next as Link) yield at as GangState
      }
    }
  }

  #classOf(priority: number): PriorityClass {
    const found = this.#classes.find((known) => known.priority === priority)
    if (found) return found
    const created = { priority, evicted: emptyList(), fresh: emptyList() }
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
}

/** The list itself is the link before its first and after its last gang. */
interface List extends Link {
  previous: Link
  next: Link
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
  if (sign === 1) limits.splice(at, 0, limit)
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

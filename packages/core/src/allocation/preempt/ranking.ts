import type { Durations } from '../durations/durations.ts'
import type { GangState } from '../gang-state.ts'
import type { Preempting } from '../policies/queue-policy.ts'
import { overdueAt, progressOf } from './progress.ts'

export interface Ranked {
  readonly gang: GangState
  readonly rank: number
  /** When it goes before all others. */
  readonly overdueAt: number
}

/**
 * The waiting gangs by their rank, which stays as it is while they wait, and by submission among equals; and the same gangs by
 * when their patience ends. Derived from the state: an allocator that is restored ranks anew what waits.
 */
export class Ranking {
  readonly #policy: Preempting
  readonly #durations: Durations
  /** What was learnt of durations when those that wait were last ranked by it. */
  #learnt = 0
  readonly #byRank: Ranked[] = []
  readonly #byPatience: Ranked[] = []
  readonly #ranked = new Map<string, Ranked>()

  constructor(policy: Preempting, durations: Durations) {
    this.#policy = policy
    this.#durations = durations
  }

  get size(): number {
    return this.#byRank.length
  }

  add(gang: GangState): void {
    const ranked = {
      gang,
      rank: this.#rankOf(gang),
      overdueAt: overdueAt(this.#policy, gang),
    }
    this.#ranked.set(gang.gang.id, ranked)
    this.#byRank.splice(placeOf(this.#byRank, ranked, compareRanked), 0, ranked)
    this.#byPatience.splice(placeOf(this.#byPatience, ranked, compareOverdue), 0, ranked)
  }

  /** Of one that does not wait, nothing. */
  remove(gangId: string): void {
    const ranked = this.#ranked.get(gangId)
    if (!ranked) return
    this.#ranked.delete(gangId)
    this.#byRank.splice(placeOf(this.#byRank, ranked, compareRanked), 1)
    this.#byPatience.splice(placeOf(this.#byPatience, ranked, compareOverdue), 1)
  }

  /** Whether gangs may go before where the policy's rank puts them. */
  get mayStandElsewhere(): boolean {
    const { guardsEnd, sharesWaits, patienceMs } = this.#policy
    return guardsEnd === true || sharesWaits === true || patienceMs !== undefined
  }

  /** Ranks anew those whose ranks rest on what gangs like them have taught since. */
  refresh(): void {
    if (this.#learnt === this.#durations.version) return
    this.#learnt = this.#durations.version
    for (const [at, ranked] of this.#byRank.entries()) {
      if (ranked.gang.expectedMs === undefined) continue
      const anew = { ...ranked, rank: this.#rankOf(ranked.gang) }
      this.#byRank[at] = anew
      this.#ranked.set(ranked.gang.gang.id, anew)
    }
    this.#byRank.sort(compareRanked)
  }

  #rankOf(gang: GangState): number {
    return this.#policy.rank(progressOf(gang, gang.placedAt, this.#durations))
  }

  /** The lowest rank first. Nothing may be added or removed meanwhile. */
  inOrder(): readonly Ranked[] {
    return this.#byRank
  }

  /** When the next one comes to that; infinite where none does. */
  nextOverdue(after: number): number {
    return this.#byPatience.find((ranked) => ranked.overdueAt > after)?.overdueAt ?? Number.POSITIVE_INFINITY
  }
}

/** The rank of those that have waited long enough, whatever their priority. */
export const FIRST = Number.NEGATIVE_INFINITY
/** A rank before all those that a policy gives. */
export const BEFORE_ALL_RANKS = -Number.MAX_VALUE

/** Those first that have waited long enough; then by priority, by rank, by submission. */
export function compareRanked(a: Ranked, b: Ranked): number {
  const [areFirst, isOtherFirst] = [a.rank === FIRST, b.rank === FIRST]
  if (areFirst !== isOtherFirst) return areFirst ? -1 : 1
  if (!areFirst && a.gang.gang.priority !== b.gang.gang.priority)
    return b.gang.gang.priority - a.gang.gang.priority
  if (a.rank !== b.rank) return a.rank < b.rank ? -1 : 1
  return a.gang.seq - b.gang.seq
}

function compareOverdue(a: Ranked, b: Ranked): number {
  if (a.overdueAt !== b.overdueAt) return a.overdueAt < b.overdueAt ? -1 : 1
  return a.gang.seq - b.gang.seq
}

/** The first place whose item does not come before the one given. */
function placeOf<Item>(list: readonly Item[], item: Item, compare: (a: Item, b: Item) => number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (compare(list[middle] as Item, item) < 0) low = middle + 1
    else high = middle
  }
  return low
}

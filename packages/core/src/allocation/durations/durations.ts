import type { Gang } from '../../demand/gang.ts'
import { type DurationGroups, durationGroupsOf } from './duration-groups.ts'
import { LEVELS, levelOf, levelStart } from './level.ts'

/** How much of what a group was taught is left when it is taught again, and of what all gangs were. */
const KEPT = 0.95
const KEPT_OF_ALL = 0.99
/** What a wider group teaches counts in a narrower one as so many gangs of its own. */
const WIDER_COUNTS = 1
/** Before anything is known, so many of those that reach a level end in it: then each lasts as long again, and half of that. */
const FIRST_GUESS = 0.16
/** Nothing is so regular that it would end for certain. */
const CHANCE_MAX = 0.98
/** Where so few are left, what follows changes nothing. */
const FEW = 1e-3
/** A gang is expected to have ended when this share of its like has. */
const EXPECTED_SHARE = 0.9
/** Beyond so many groups, those are forgotten that learnt nothing for longest. */
const GROUPS_MAX = 4096

/** By level of running time: how many gangs of late came to it, and how many of them ended in it. */
export interface SeenDurations {
  readonly reached: readonly number[]
  readonly ended: readonly number[]
}

/** Levels of running time that a gang has passed, from the first to before the last, in which it ended or is still. */
export interface Passage {
  readonly from: number
  readonly to: number
  readonly hasEnded: boolean
}

/**
 * How long gangs last, learnt from those that have ended: the chance that one which has come to a level of running time ends
 * in it, for all gangs, those of a size, of a tenant and size, and of a tenant, name and size. Each group starts from what the
 * wider one knows, and what was seen last counts most. Since it is asked for what follows a level, a gang that outlasts what
 * was expected is foreseen anew by those that lasted as long.
 */
export class Durations {
  readonly #groups = new Map<string, Counts>()
  /** By the narrowest group: what was worked out since something was last learnt. */
  readonly #known = new Map<string, Foreseen>()
  readonly #named = new WeakMap<Gang, DurationGroups>()
  /** Grows whenever something is learnt. */
  version = 0

  /** A gang has come from one level to another, and ended in that or goes on. */
  note(gang: Gang, { from, to, hasEnded }: Passage): void {
    if (from === to && !hasEnded) return
    this.#groupsOf(gang).forEach((group, n) => {
      const kept = n === 0 ? KEPT_OF_ALL : KEPT
      const counts = this.#countsFor(group)
      for (let level = from; level < to; level++) count(counts, level, kept, 0)
      if (hasEnded) count(counts, to, kept, 1)
    })
    for (const group of this.#groups.keys()) {
      if (this.#groups.size <= GROUPS_MAX) break
      this.#groups.delete(group)
    }
    this.#known.clear()
    this.version += 1
  }

  /**
   * What a gang still takes that has done so much: the least, over how far one looks ahead, of the time it will use until then by
   * its chance to have ended then, in ms (J. Gittins, Bandit processes, 1979). So one that most likely ends soon comes before
   * one that most likely lasts, though neither is sure.
   */
  remainingMs(gang: Gang, doneMs: number): number {
    const groups = this.#groupsOf(gang)
    const level = levelOf(doneMs)
    const { remaining } = this.#foreseen(groups)
    remaining[level] ??= this.#remainingFrom(groups, level)
    return remaining[level]
  }

  /** What nine of ten of those that have done so much have done when they end, in ms of work. */
  expectedMs(gang: Gang, doneMs: number): number {
    const groups = this.#groupsOf(gang)
    const level = levelOf(doneMs)
    const { expected } = this.#foreseen(groups)
    expected[level] ??= this.#expectedFrom(groups, level)
    return expected[level]
  }

  /** All that was learnt, the group first that learnt nothing for longest. */
  entries(): readonly (readonly [string, SeenDurations])[] {
    return [...this.#groups].map(([group, { reached, ended }]) => [
      group,
      { reached: [...reached], ended: [...ended] },
    ])
  }

  restore(entries: Iterable<readonly [string, SeenDurations]>): void {
    for (const [group, { reached, ended }] of entries)
      this.#groups.set(group, { reached: [...reached], ended: [...ended] })
    this.version += this.#groups.size > 0 ? 1 : 0
  }

  #groupsOf(gang: Gang): DurationGroups {
    const known = this.#named.get(gang) ?? durationGroupsOf(gang)
    this.#named.set(gang, known)
    return known
  }

  /** It has learnt last from now on. */
  #countsFor(group: string): Counts {
    const counts = this.#groups.get(group) ?? { reached: [], ended: [] }
    this.#groups.delete(group)
    this.#groups.set(group, counts)
    return counts
  }

  #foreseen(groups: DurationGroups): Foreseen {
    const narrowest = groups.at(-1) ?? ''
    const known = this.#known.get(narrowest) ?? { remaining: [], expected: [] }
    this.#known.set(narrowest, known)
    return known
  }

  #remainingFrom(groups: DurationGroups, from: number): number {
    const counts = this.#countsOf(groups)
    let left = 1
    let used = 0
    let least = Number.POSITIVE_INFINITY
    for (let level = from; level < LEVELS - 1 && left >= FEW; level++) {
      const ending = left * chanceToEnd(counts, level)
      used += (levelStart(level + 1) - levelStart(level)) * (left - ending / 2)
      left -= ending
      least = Math.min(least, used / (1 - left))
    }
    return Number.isFinite(least) ? least : levelStart(from)
  }

  #expectedFrom(groups: DurationGroups, from: number): number {
    const counts = this.#countsOf(groups)
    let left = 1
    let level = from
    for (; level < LEVELS - 1 && left > 1 - EXPECTED_SHARE; level++) left *= 1 - chanceToEnd(counts, level)
    return level < LEVELS - 1 ? levelStart(level) : Number.MAX_SAFE_INTEGER
  }

  #countsOf(groups: DurationGroups): Counts[] {
    return groups.flatMap((group) => this.#groups.get(group) ?? [])
  }
}

interface Counts {
  readonly reached: number[]
  readonly ended: number[]
}

function count({ reached, ended }: Counts, level: number, kept: number, ends: 0 | 1): void {
  for (let gap = reached.length; gap <= level; gap++) {
    reached.push(0)
    ended.push(0)
  }
  reached[level] = (reached[level] as number) * kept + 1
  ended[level] = (ended[level] as number) * kept + ends
}

interface Foreseen {
  readonly remaining: number[]
  readonly expected: number[]
}

/**
 * From the widest group to the narrowest, each with what the one before says as so many gangs of its own. One that has seen
 * the very same as the one before says nothing new.
 */
function chanceToEnd(counts: readonly Counts[], level: number): number {
  let chance = FIRST_GUESS
  let before: readonly [number, number] = [0, 0]
  for (const { reached, ended } of counts) {
    const [came, went] = [reached[level] ?? 0, ended[level] ?? 0]
    if (came === before[0] && went === before[1]) continue
    chance = (went + WIDER_COUNTS * chance) / (came + WIDER_COUNTS)
    before = [came, went]
  }
  return Math.min(CHANCE_MAX, chance)
}

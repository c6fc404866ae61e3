import { assert } from '../base/assert.ts'
import { type GangState, limitOf } from './gang-state.ts'
import { putIn } from './list-edit.ts'
import type { Kind } from './shape.ts'

/** Stands for the limit of a gang that stated none. */
export const ENDLESS = Number.MAX_VALUE
/** Stands in the place of one that is gone: no bound is beyond it. */
const GONE = Number.POSITIVE_INFINITY
/** A line this long is made short again when half of it is gone. */
const LONG = 32

/**
 * The waiting gangs of one kind and one priority that never ran, in the order in which they came. Their limits lie side by
 * side, so that those which a pass need not look at are skipped without a look at the gangs themselves.
 */
export class KindLine {
  readonly kind: Kind
  size = 0
  /** Its place among the lines in which somebody stands. */
  slot = -1
  /** The number of the gang at which a showing stands. */
  seq = 0
  #at = 0
  /** Before it all are gone. */
  #head = 0
  #gangs: (GangState | undefined)[] = []
  #seqs: number[] = []
  #limits: number[] = []

  constructor(kind: Kind) {
    this.kind = kind
  }

  /** Puts a gang in its place, which is the last one as a rule. Not while the line is shown. */
  add(gang: GangState): void {
    if (this.#gangs.length > LONG && 2 * this.size < this.#gangs.length) this.#closeUp()
    let at = this.#seqs.length
    while (at > 0 && (this.#seqs[at - 1] as number) > gang.seq) at -= 1
    this.#head = Math.min(this.#head, at)
    putIn(this.#gangs, at, gang)
    putIn(this.#seqs, at, gang.seq)
    putIn(this.#limits, at, Math.min(limitOf(gang), ENDLESS))
    this.size += 1
  }

  /** The others keep their places, so that a showing goes on. */
  remove(gang: GangState): void {
    const last = this.#gangs.length - 1
    const at = this.#gangs[last] === gang ? last : this.#placeOf(gang.seq)
    assert(this.#gangs[at] === gang, 'a waiting gang stands in the line of its kind')
    this.size -= 1
    this.#gangs[at] = undefined
    this.#limits[at] = GONE
    if (at === last) this.#dropLast()
    while (this.#limits[this.#head] === GONE) this.#head += 1
  }

  /** Begins a showing at the first gang with a limit below the bound; false where there is none. */
  begin(bound: number): boolean {
    return this.#stopAt(this.#head, bound)
  }

  /** Goes on to the next one. */
  goOn(bound: number): boolean {
    return this.#stopAt(this.#at + 1, bound)
  }

  /** The gang at which the showing stands. */
  get gang(): GangState {
    return this.#gangs[this.#at] as GangState
  }

  #stopAt(from: number, bound: number): boolean {
    const limits = this.#limits
    let at = from
    while (at < limits.length && (limits[at] as number) >= bound) at += 1
    if (at >= limits.length) return false
    this.#at = at
    this.seq = this.#seqs[at] as number
    return true
  }

  #placeOf(seq: number): number {
    let low = 0
    let high = this.#seqs.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#seqs[middle] as number) < seq) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Those that are gone at the end; nothing is left where all are. */
  #dropLast(): void {
    while (this.#limits[this.#limits.length - 1] === GONE) {
      this.#gangs.pop()
      this.#seqs.pop()
      this.#limits.pop()
    }
    if (this.size === 0) this.#head = 0
  }

  #closeUp(): void {
    this.#head = 0
    const isThere = (_: unknown, at: number): boolean => this.#limits[at] !== GONE
    this.#gangs = this.#gangs.filter(isThere)
    this.#seqs = this.#seqs.filter(isThere)
    this.#limits = this.#limits.filter(isThere)
  }
}

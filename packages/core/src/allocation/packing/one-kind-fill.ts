import { WHOLE_MILLI } from './packing-fleet.ts'
import { milliOf, type PodMix } from './pod-kind.ts'

const KINDS_MOST = 12
/** Keeps a whole number of pods whole when CPU is multiplied by the inverse of what each asks for. */
const ROUNDING = 1e-9

/**
 * The milli that stay idle when a node is filled up with pods of one kind, averaged over the kinds that ask for most.
 * It sees at once that CPU runs out, that a remnant holds two shares but not three, and that no model matches.
 */
export class OneKindFill {
  /** Per kind: what it asks for, and its share of the demand times its milli. */
  readonly #podsPerCpu: Float64Array
  readonly #models: Int32Array
  readonly #accelerators: Int32Array
  readonly #weightedMilli: Float64Array
  /** The distinct share sizes of the kinds, and which of them each kind asks for (-1: whole accelerators). */
  readonly #sizeOf: Int32Array
  readonly #sizes: number
  /** Per remnant and share size: how many shares fit in it. */
  readonly #fits: Uint16Array
  /** The node looked at: how many shares of each size fit its slots, and how many pods of each kind its CPU serves. */
  readonly #counts: Int32Array
  readonly #podsByCpu: Int32Array
  #free = 0
  #whole = 0

  constructor(mix: PodMix) {
    const asked = mix
      .filter(({ kind }) => kind.accelerators > 0)
      .map(({ kind, count }) => ({ kind, milli: count * milliOf(kind) }))
    const most = asked.sort((a, b) => b.milli - a.milli).slice(0, KINDS_MOST)
    const total = most.reduce((sum, { milli }) => sum + milli, 0)
    const kinds = most.map(({ kind }) => kind)
    this.#podsPerCpu = Float64Array.from(kinds, (kind) => 1 / Math.max(1, kind.cpuMilli))
    this.#models = Int32Array.from(kinds, (kind) => kind.models)
    this.#accelerators = Int32Array.from(kinds, (kind) => kind.accelerators)
    this.#weightedMilli = Float64Array.from(
      most,
      ({ kind, milli }) => (milli / Math.max(1, total)) * milliOf(kind),
    )
    this.#podsByCpu = new Int32Array(kinds.length)
    const sizes = [...new Set(kinds.map((kind) => kind.milliEach).filter((milli) => milli < WHOLE_MILLI))]
    this.#sizeOf = Int32Array.from(kinds, (kind) => sizes.indexOf(kind.milliEach))
    this.#sizes = sizes.length
    this.#counts = new Int32Array(sizes.length)
    this.#fits = new Uint16Array(sizes.length * (WHOLE_MILLI + 1))
    sizes.forEach((size, index) => {
      for (let milli = 0; milli <= WHOLE_MILLI; milli++)
        this.#fits[milli * sizes.length + index] = Math.trunc(milli / size)
    })
  }

  idle(model: number, cpuFree: number, slotFree: Int32Array, first: number, slots: number): number {
    this.look(model, cpuFree, slotFree, first, slots)
    return this.#free - this.#filled(0, 0, this.#whole)
  }

  /** Takes in a node, for `afterShare`. */
  look(model: number, cpuFree: number, slotFree: Int32Array, first: number, slots: number): void {
    const counts = this.#counts.fill(0)
    let free = 0
    let whole = 0
    for (let slot = first; slot < first + slots; slot++) {
      const milli = slotFree[slot] as number
      if (milli === 0) continue
      free += milli
      if (milli === WHOLE_MILLI) whole++
      else
        for (let size = 0; size < this.#sizes; size++)
          counts[size] = (counts[size] as number) + (this.#fits[milli * this.#sizes + size] as number)
    }
    for (let size = 0; size < this.#sizes; size++) {
      counts[size] =
        (counts[size] as number) + whole * (this.#fits[WHOLE_MILLI * this.#sizes + size] as number)
    }
    this.#free = free
    this.#whole = whole
    for (let index = 0; index < this.#podsByCpu.length; index++) {
      const lands = ((this.#models[index] as number) & (1 << model)) !== 0
      this.#podsByCpu[index] = lands
        ? Math.trunc(cpuFree * (this.#podsPerCpu[index] as number) + ROUNDING)
        : 0
    }
  }

  /** The idle milli of the node looked at, with one of its slots down from `before` to `after` milli. */
  afterShare(before: number, after: number): number {
    const whole = before === WHOLE_MILLI ? this.#whole - 1 : this.#whole
    return this.#free - before + after - this.#filled(before, after, whole)
  }

  #filled(before: number, after: number, whole: number): number {
    let filled = 0
    for (let index = 0; index < this.#podsByCpu.length; index++) {
      const most = this.#podsByCpu[index] as number
      if (most === 0) continue
      const size = this.#sizeOf[index] as number
      const pods =
        size < 0
          ? Math.trunc(whole / (this.#accelerators[index] as number))
          : (this.#counts[size] as number) -
            (this.#fits[before * this.#sizes + size] as number) +
            (this.#fits[after * this.#sizes + size] as number)
      filled += (this.#weightedMilli[index] as number) * Math.min(pods, most)
    }
    return filled
  }
}

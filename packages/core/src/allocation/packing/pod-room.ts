import { type FreeSlots, WHOLE_MILLI } from './packing-fleet.ts'
import { milliOf, type PodKind, type PodMix } from './pod-kind.ts'

/** Pods of several accelerators that need room alike. */
interface GangSize {
  accelerators: number
  cpuMilli: number
  memoryMiB: number
  models: number
  /** Pods that ask for as much or more, per milli of all demand. */
  perMilli: number
}

const SIZES_MOST = 8
const SAME_CPU = 1.1
/** Room is kept for the expected pods and three standard deviations of a Poisson count more. */
const DEVIATIONS = 3

/**
 * Room for pods that have few places to go: those of several accelerators, and those that ask for certain models.
 * While the mix leads to expect at least as many of them as the fleet has room for, other pods go elsewhere if they can.
 * The expected number falls with what is still free, so the kept room opens as the fleet fills, and no pod is refused for it.
 */
export class PodRoom {
  readonly #fleet: FreeSlots
  readonly #sizes: readonly GangSize[]
  /** Pods of each size that the nodes hold. */
  readonly #room: Int32Array
  /** Milli free on each model, and the milli asked of that model by name per milli of all demand. */
  readonly #modelFree: Float64Array
  readonly #modelAsked: Float64Array
  readonly #allModels: number

  constructor(fleet: FreeSlots, mix: PodMix) {
    this.#fleet = fleet
    this.#sizes = gangSizes(mix)
    this.#room = new Int32Array(this.#sizes.length)
    this.#allModels = fleet.model.reduce((models, model) => models | (1 << model), 0)
    this.#modelAsked = askedByName(mix, fleet, this.#allModels)
    this.#modelFree = new Float64Array(this.#modelAsked.length)
    for (let node = 0; node < fleet.nodes; node++) this.enter(node)
  }

  /** Bits of what is to be kept from this kind while `milliFree` of the fleet is free: gang sizes first, then models. */
  kept(milliFree: number, kind: PodKind): number {
    let bits = 0
    for (let size = 0; size < this.#sizes.length; size++) {
      const expected = milliFree * (this.#sizes[size]?.perMilli ?? 0)
      if ((this.#room[size] as number) <= expected + DEVIATIONS * Math.sqrt(expected)) bits |= 1 << size
    }
    if (kind.accelerators > 0 && (kind.models & this.#allModels) !== this.#allModels) return bits
    for (let model = 0; model < this.#modelFree.length; model++) {
      const asked = (milliFree * (this.#modelAsked[model] as number)) / WHOLE_MILLI
      if (
        asked > 0 &&
        (this.#modelFree[model] as number) / WHOLE_MILLI <= asked + DEVIATIONS * Math.sqrt(asked)
      )
        bits |= 1 << (SIZES_MOST + model)
    }
    return bits
  }

  /** Bits of the room that is lost when the node takes a pod of this kind; a share takes from `slot`. */
  brokenBy(node: number, kind: PodKind, slot: number): number {
    const fleet = this.#fleet
    if (fleet.milliFree[node] === 0) return 0
    const cpu = fleet.cpuFree[node] as number
    const whole = fleet.wholeFree[node] as number
    const memory = fleet.memoryFree[node] as number
    let bits = 1 << (SIZES_MOST + (fleet.model[node] as number))
    let wholeAfter = whole
    if (kind.milliEach === WHOLE_MILLI) wholeAfter -= kind.accelerators
    else if (slot >= 0 && fleet.slotFree[node * fleet.slotWidth + slot] === WHOLE_MILLI) wholeAfter--
    for (let index = 0; index < this.#sizes.length; index++) {
      const size = this.#sizes[index]
      if (size === undefined || whole < size.accelerators) continue
      const before = this.#holds(node, size, whole, cpu, memory)
      if (
        before > 0 &&
        this.#holds(node, size, wholeAfter, cpu - kind.cpuMilli, memory - kind.memoryMiB) < before
      )
        bits |= 1 << index
    }
    return bits
  }

  /** Counts the node out before it changes. */
  leave(node: number): void {
    this.#count(node, -1)
  }

  /** Counts the node in after it has changed. */
  enter(node: number): void {
    this.#count(node, 1)
  }

  #count(node: number, sign: number): void {
    const fleet = this.#fleet
    const model = fleet.model[node] as number
    this.#modelFree[model] = (this.#modelFree[model] as number) + sign * (fleet.milliFree[node] as number)
    const whole = fleet.wholeFree[node] as number
    for (let index = 0; index < this.#sizes.length; index++) {
      const size = this.#sizes[index]
      if (size === undefined || whole < size.accelerators) continue
      const held = this.#holds(
        node,
        size,
        whole,
        fleet.cpuFree[node] as number,
        fleet.memoryFree[node] as number,
      )
      this.#room[index] = (this.#room[index] as number) + sign * held
    }
  }

  #holds(node: number, size: GangSize, whole: number, cpu: number, memory: number): number {
    if (whole < size.accelerators || cpu < size.cpuMilli || memory < size.memoryMiB) return 0
    if ((size.models & (1 << (this.#fleet.model[node] as number))) === 0) return 0
    return Math.trunc(Math.min(whole / size.accelerators, cpu / size.cpuMilli, memory / size.memoryMiB))
  }
}

/** The sizes asked for, kinds of nearly the same CPU taken together, the largest first: they are the hardest to find room for. */
function gangSizes(mix: PodMix): GangSize[] {
  const milli = mix.reduce((sum, { kind, count }) => sum + count * milliOf(kind), 0)
  const several = mix.filter(({ kind, count }) => kind.accelerators > 1 && count > 0)
  several.sort((a, b) => b.kind.accelerators - a.kind.accelerators || b.kind.cpuMilli - a.kind.cpuMilli)
  const sizes: GangSize[] = []
  for (const { kind } of several) {
    const last = sizes.at(-1)
    if (
      last !== undefined &&
      last.accelerators === kind.accelerators &&
      last.cpuMilli < SAME_CPU * kind.cpuMilli
    ) {
      last.models |= kind.models
      last.memoryMiB = Math.max(last.memoryMiB, kind.memoryMiB)
    } else {
      const { accelerators, cpuMilli, memoryMiB, models } = kind
      sizes.push({
        accelerators,
        cpuMilli: Math.max(1, cpuMilli),
        memoryMiB: Math.max(1, memoryMiB),
        models,
        perMilli: 0,
      })
    }
  }
  for (const size of sizes) {
    const asMuch = several.filter(
      ({ kind }) => kind.accelerators >= size.accelerators && SAME_CPU * kind.cpuMilli > size.cpuMilli,
    )
    size.perMilli = asMuch.reduce((sum, pod) => sum + pod.count, 0) / milli
  }
  return sizes.slice(0, SIZES_MOST)
}

/** Per model, the share of all demand that asks for it by name; a pod that names several counts on each by what the fleet has of it. */
function askedByName(mix: PodMix, fleet: FreeSlots, allModels: number): Float64Array {
  const supply = new Float64Array(32 - Math.clz32(allModels))
  for (let node = 0; node < fleet.nodes; node++) {
    const model = fleet.model[node] as number
    supply[model] = (supply[model] as number) + (fleet.slots[node] as number)
  }
  const total = mix.reduce((sum, { kind, count }) => sum + count * milliOf(kind), 0)
  const asked = new Float64Array(supply.length)
  for (const { kind, count } of mix) {
    if (kind.accelerators === 0 || (kind.models & allModels) === allModels) continue
    const named = supply.map((accelerators, model) => ((kind.models & (1 << model)) === 0 ? 0 : accelerators))
    const together = named.reduce((sum, accelerators) => sum + accelerators, 0)
    if (together === 0) continue
    named.forEach((accelerators, model) => {
      asked[model] = (asked[model] as number) + (count * milliOf(kind) * accelerators) / together / total
    })
  }
  return asked
}

import { type PackedNode, WHOLE_MILLI } from './packing-fleet.ts'
import type { TypicalPod } from './typical-pods.ts'

/** More CPU than a node has, in milli: what asks for more counts as asking for what is never there. */
const CPU_TABLE_MOST = 1 << 22

/**
 * Fragmentation of a node by the typical mix (FGD, ATC'23), in milli: the expected idle accelerator milli
 * that the next typical pod cannot use there. Tabulated by model, by how many of the typical CPU requests still fit,
 * and by the size of the remnant, so that one look costs a pass over the slots instead of one over slots × typical pods.
 */
export class Fragmentation {
  /** For each amount of free CPU up to the largest typical request, how many of the distinct ones fit. */
  readonly #cpuStep: Uint16Array
  /** For each remnant, how many of the distinct share sizes fit. */
  readonly #sizeStep = new Uint8Array(WHOLE_MILLI + 1)
  /** Per model and CPU step: probability of pods that cannot land on such a node at all, CPU-only pods included. */
  readonly #unreachable: Float64Array
  /** Per model, CPU step and size step: probability of shares that reach the node and are too big for that remnant. */
  readonly #tooBig: Float64Array
  /** Per model, CPU step and number of whole free slots: probability of pods of whole accelerators that fit, or do not. */
  readonly #wholeFits: Float64Array
  readonly #wholeMissing: Float64Array
  readonly #cpuSteps: number
  readonly #sizeSteps: number
  readonly #wholeSteps: number
  /** The node looked at: its row of the tables and sums over its slots. */
  #row = 0
  #free = 0
  #whole = 0
  #largest = 0
  #second = 0
  #tooSmall = 0

  constructor(typical: readonly TypicalPod[], shapes: readonly PackedNode[]) {
    const withAccelerators = typical.filter((pod) => pod.kind.accelerators > 0)
    const largestNode = shapes.reduce((most, shape) => Math.max(most, shape.cpuMilli), 0)
    const cpuMost = Math.min(CPU_TABLE_MOST, largestNode)
    const cpus = ascending(
      withAccelerators.map((pod) => pod.kind.cpuMilli).filter((cpuMilli) => cpuMilli <= cpuMost),
    )
    const sizes = ascending(
      withAccelerators.map((pod) => pod.kind.milliEach).filter((milli) => milli < WHOLE_MILLI),
    )
    const models = shapes.reduce((most, shape) => Math.max(most, shape.model + 1), 1)
    this.#cpuSteps = cpus.length + 1
    this.#sizeSteps = sizes.length + 1
    this.#wholeSteps = shapes.reduce((most, shape) => Math.max(most, shape.accelerators + 1), 1)
    this.#cpuStep = new Uint16Array((cpus.at(-1) ?? 0) + 1)
    fillSteps(this.#cpuStep, cpus)
    fillSteps(this.#sizeStep, sizes)
    const rows = models * this.#cpuSteps
    this.#unreachable = new Float64Array(rows)
    this.#tooBig = new Float64Array(rows * this.#sizeSteps)
    this.#wholeFits = new Float64Array(rows * this.#wholeSteps)
    this.#wholeMissing = new Float64Array(rows * this.#wholeSteps)
    for (let model = 0; model < models; model++) {
      for (let step = 0; step < this.#cpuSteps; step++)
        this.#tabulate(typical, model, step, step === 0 ? -1 : (cpus[step - 1] as number))
    }
  }

  #tabulate(typical: readonly TypicalPod[], model: number, step: number, cpuFree: number): void {
    const row = model * this.#cpuSteps + step
    for (const { kind, probability } of typical) {
      if (kind.accelerators === 0 || kind.cpuMilli > cpuFree || (kind.models & (1 << model)) === 0) {
        this.#unreachable[row] = (this.#unreachable[row] as number) + probability
      } else if (kind.milliEach < WHOLE_MILLI) {
        const sizeStep = this.#sizeStep[kind.milliEach] as number
        for (let s = 0; s < sizeStep; s++) add(this.#tooBig, row * this.#sizeSteps + s, probability)
      } else {
        for (let whole = 0; whole < this.#wholeSteps; whole++) {
          add(
            whole >= kind.accelerators ? this.#wholeFits : this.#wholeMissing,
            row * this.#wholeSteps + whole,
            probability,
          )
        }
      }
    }
  }

  of(model: number, cpuFree: number, slotFree: Int32Array, first: number, slots: number): number {
    this.look(model, cpuFree, slotFree, first, slots)
    return this.#value(this.#free, this.#whole, this.#largest, this.#tooSmall)
  }

  /** Takes in a node, for `afterShare`. */
  look(model: number, cpuFree: number, slotFree: Int32Array, first: number, slots: number): void {
    this.#row =
      model * this.#cpuSteps + (this.#cpuStep[Math.min(cpuFree, this.#cpuStep.length - 1)] as number)
    let free = 0
    let whole = 0
    let largest = 0
    let second = 0
    let tooSmall = 0
    for (let slot = first; slot < first + slots; slot++) {
      const milli = slotFree[slot] as number
      if (milli === 0) continue
      free += milli
      if (milli > largest) {
        second = largest
        largest = milli
      } else if (milli > second) second = milli
      if (milli === WHOLE_MILLI) whole++
      else tooSmall += milli * this.#tooBigFor(milli)
    }
    this.#free = free
    this.#whole = whole
    this.#largest = largest
    this.#second = second
    this.#tooSmall = tooSmall
  }

  /** The fragmentation of the node looked at, with one of its slots down from `before` to `after` milli. */
  afterShare(before: number, after: number): number {
    const largest = before === this.#largest ? Math.max(this.#second, after) : this.#largest
    const gone = before === WHOLE_MILLI ? 0 : before * this.#tooBigFor(before)
    const tooSmall = this.#tooSmall - gone + after * this.#tooBigFor(after)
    return this.#value(
      this.#free - before + after,
      before === WHOLE_MILLI ? this.#whole - 1 : this.#whole,
      largest,
      tooSmall,
    )
  }

  #tooBigFor(milli: number): number {
    return this.#tooBig[this.#row * this.#sizeSteps + (this.#sizeStep[milli] as number)] ?? 0
  }

  #value(free: number, whole: number, largest: number, tooSmall: number): number {
    const partial = free - whole * WHOLE_MILLI
    const tooBigForAll = this.#tooBigFor(largest)
    // Sizes too big for every slot leave all free milli idle; the others leave the slots that are too small for them.
    const shares = tooSmall - tooBigForAll * partial + tooBigForAll * free
    const wholeRow = this.#row * this.#wholeSteps + whole
    const wholes =
      (this.#wholeFits[wholeRow] as number) * partial + (this.#wholeMissing[wholeRow] as number) * free
    return (this.#unreachable[this.#row] as number) * free + shares + wholes
  }
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b)
}

function fillSteps(steps: Uint16Array | Uint8Array, thresholds: readonly number[]): void {
  for (let value = 0, step = 0; value < steps.length; value++) {
    while (step < thresholds.length && (thresholds[step] as number) <= value) step++
    steps[value] = step
  }
}

function add(table: Float64Array, at: number, amount: number): void {
  table[at] = (table[at] as number) + amount
}

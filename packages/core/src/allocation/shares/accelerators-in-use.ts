import type { Part } from '../events.ts'

/**
 * Whole accelerators in use: one that is shared counts once, from the first share that comes to the last that goes. That is
 * what is bought and paid for, and what is idle otherwise; whose share it is, is counted apart.
 */
export class AcceleratorsInUse {
  readonly #sharers = new Map<string, number>()

  /** How many more are in use when the part is held, or with −1 no longer held. */
  change(part: Part, sign: 1 | -1): number {
    let change = 0
    for (const { first, nodes, each, slot } of part.runs) {
      change += sign * nodes * each
      if (slot !== undefined) change += this.changeShare(`${part.poolId} ${first} ${slot}`, sign)
    }
    return change
  }

  /** The same for one share of the accelerator of this name. */
  changeShare(accelerator: string, sign: 1 | -1): number {
    const before = this.#sharers.get(accelerator) ?? 0
    const after = before + sign
    if (after === 0) this.#sharers.delete(accelerator)
    else this.#sharers.set(accelerator, after)
    return Math.sign(after) - Math.sign(before)
  }
}

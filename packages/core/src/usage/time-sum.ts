import type { AcceleratorMs } from '../base/quantity.ts'

/**
 * Adds up accelerators × milliseconds, none of them negative, exactly and fast: as a plain number while that is exact,
 * as a bigint beyond. (Rounding is monotonic, so a product or sum that exceeds the exact range is always seen to do so.)
 */
export class TimeSum {
  #small = 0
  #large = 0n

  add(accelerators: number, ms: number): void {
    const sum = this.#small + accelerators * ms
    if (sum <= Number.MAX_SAFE_INTEGER) {
      this.#small = sum
      return
    }
    this.#large += BigInt(this.#small) + BigInt(accelerators) * BigInt(ms)
    this.#small = 0
  }

  get total(): AcceleratorMs {
    return (this.#large + BigInt(this.#small)) as AcceleratorMs
  }
}

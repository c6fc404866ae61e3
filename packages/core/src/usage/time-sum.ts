import type { AcceleratorMs } from '../base/quantity.ts'

/**
 * Adds up accelerators × milliseconds, none of them negative, exactly and fast: as a plain number while that is exact,
 * as a bigint beyond. Shares are whole thousandths of accelerators; their sum is rounded once, to the nearest millisecond. (Rounding is monotonic, so a product or sum that exceeds the exact range is always seen to do so.)
 */
export class TimeSum {
  #small = 0
  #large = 0n
  /** Of shares, in thousandths. */
  #milli = 0n

  add(accelerators: number, ms: number): void {
    if (!Number.isInteger(accelerators)) {
      this.#milli += BigInt(Math.round(1000 * accelerators)) * BigInt(ms)
      return
    }
    const sum = this.#small + accelerators * ms
    if (sum <= Number.MAX_SAFE_INTEGER) {
      this.#small = sum
      return
    }
    this.#large += BigInt(this.#small) + BigInt(accelerators) * BigInt(ms)
    this.#small = 0
  }

  get total(): AcceleratorMs {
    return (this.#large + BigInt(this.#small) + (this.#milli + 500n) / 1000n) as AcceleratorMs
  }
}

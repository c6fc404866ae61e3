import type { Rate } from '../agreements/price.ts'
import { type Money, money, scale, split } from '../base/money.ts'
import type { AcceleratorMs } from '../base/quantity.ts'

/** The unrounded price of accelerator time at any number of rates: a sum of fractions. */
export class ExactAmount {
  /** Micro-units by the accelerator time that they are per; few different ones meet in one sum. */
  readonly #micros = new Map<AcceleratorMs, bigint>()
  readonly #currency: string

  constructor(currency: string) {
    this.#currency = currency
  }

  static sum(amounts: readonly ExactAmount[], currency: string): ExactAmount {
    const sum = new ExactAmount(currency)
    for (const amount of amounts) for (const [per, micros] of amount.#micros) sum.#put(per, micros)
    return sum
  }

  add(rate: Rate, time: bigint): void {
    this.#put(rate.per, rate.micros * time)
  }

  #put(per: AcceleratorMs, micros: bigint): void {
    this.#micros.set(per, (this.#micros.get(per) ?? 0n) + micros)
  }

  /** `numerator ÷ denominator` of the sum, rounded once, to the cent, half to even. */
  cents(numerator = 1n, denominator = 1n): Money {
    let sum = 0n
    let per = 1n
    for (const [ownPer, micros] of this.#micros) {
      sum = sum * ownPer + micros * per
      per *= ownPer
    }
    return scaleToCents(money(1n, this.#currency), sum * numerator, per * denominator)
  }
}

const MICROS_PER_CENT = 10_000n

/** `amount × numerator ÷ denominator`, rounded once, to the cent, half to even. */
export function scaleToCents(amount: Money, numerator: bigint, denominator: bigint): Money {
  const cents = scale(amount, numerator, denominator * MICROS_PER_CENT)
  return money(cents.micros * MICROS_PER_CENT, amount.currency)
}

/** Splits a sum of whole cents by weights into whole cents, without losing one. */
export function splitCents(amount: Money, weights: readonly bigint[]): Money[] {
  const cents = money(amount.micros / MICROS_PER_CENT, amount.currency)
  return split(cents, weights).map(({ micros, currency }) => money(micros * MICROS_PER_CENT, currency))
}

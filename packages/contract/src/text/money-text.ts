import { formatMoney, MICROS_PER_UNIT, type Money } from '@offtake/core/base/money'

const SCALES = [
  { name: 'tn', units: 1_000_000_000_000n },
  { name: 'bn', units: 1_000_000_000n },
  { name: 'm', units: 1_000_000n },
] as const

/** A sum for reading: `1.40 tn USD`, `38.00 bn USD`, `22.40 m USD`, `25,112.00 USD`; rounded half away from zero. */
export function sumText(sum: Money): string {
  const size = sizeOf(sum)
  const scale = SCALES.find(({ units }) => size >= units * MICROS_PER_UNIT)
  if (!scale) return `${grouped(hundredths(sum.micros, 1n))} ${sum.currency}`
  return `${grouped(hundredths(sum.micros, scale.units))} ${scale.name} ${sum.currency}`
}

/** A sum that the API wrote, such as `38000000000.00`, as people read it: `38.00 bn USD`. */
export function writtenSumText(written: string, currency: string): string {
  const [whole = '0', fraction = ''] = written.replace('-', '').split('.')
  const micros = BigInt(whole) * MICROS_PER_UNIT + BigInt(fraction.padEnd(6, '0').slice(0, 6))
  return sumText({ micros: written.startsWith('-') ? -micros : micros, currency })
}

/** A price, with all of its digits: `2.105 USD`. */
export function priceText(price: Money): string {
  return `${formatMoney(price)} ${price.currency}`
}

/** One unit for all sums of a table, so that they can be compared at a glance. */
export interface SumColumn {
  /** `bn USD`, for the heading. */
  readonly unit: string
  /** `38.00`; `<0.01` where a sum is too small to be seen in the unit; nothing where it is zero. */
  text(sum: Money): string
}

/** The unit in which the largest sum has digits before the point. */
export function sumColumn(sums: readonly Money[], currency: string): SumColumn {
  const scale = SCALES.slice(1).find(({ units }) =>
    sums.some((sum) => sizeOf(sum) >= units * MICROS_PER_UNIT),
  )
  const units = scale?.units ?? 1n
  return {
    unit: scale ? `${scale.name} ${currency}` : currency,
    text: ({ micros }) => {
      if (micros === 0n) return '–'
      const shown = hundredths(micros, units)
      return shown === 0n ? '<0.01' : grouped(shown)
    },
  }
}

function sizeOf({ micros }: Pick<Money, 'micros'>): bigint {
  return micros < 0n ? -micros : micros
}

/** In hundredths of a unit of so many whole currency units. */
function hundredths(micros: bigint, units: bigint): bigint {
  const whole = (units * MICROS_PER_UNIT) / 100n
  const rounded = (sizeOf({ micros }) + whole / 2n) / whole
  return micros < 0n ? -rounded : rounded
}

function grouped(hundredthsOf: bigint): string {
  const size = hundredthsOf < 0n ? -hundredthsOf : hundredthsOf
  const whole = (size / 100n).toString().replace(/\B(?=(\d{3})+$)/g, ',')
  return `${hundredthsOf < 0n ? '-' : ''}${whole}.${(size % 100n).toString().padStart(2, '0')}`
}

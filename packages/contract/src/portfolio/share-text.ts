import { type Share, share as toShare } from '@offtake/core/base/quantity'
import { textOrNumber, type Unreadable } from './text-value.ts'

const FRACTION = /^([+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*(%?)$/
const LOOKS = {
  expected: 'a share such as 0.8 or 80%',
  pattern: '^[+-]?[0-9]+(\\.[0-9]+)? *%?$',
  examples: [0.8, '80%'],
} as const
/** A price that changes a hundredfold in a year is a mistake. */
const LARGEST_RATE = 100

/** A part of a whole, 0 to 1: `0.8` or `80%`. */
export const share = textOrNumber<Share>(LOOKS, (raw) => {
  const fraction = parseFraction(raw)
  if (typeof fraction !== 'number') return fraction
  if (fraction < 0 || fraction > 1) {
    return {
      code: 'shareOutOfRange',
      message: `${raw} is not a part of a whole: write 0.8 or 80% for four fifths`,
    }
  }
  return toShare(fraction)
})

/** A change relative to what was: `3%`, `-0.05`; above −1. */
export const rate = textOrNumber<Share>({ ...LOOKS, expected: 'a rate such as 0.03 or 3%' }, (raw) => {
  const fraction = parseFraction(raw)
  if (typeof fraction !== 'number') return fraction
  return rateProblem(raw, fraction) ?? toShare(fraction)
})

/** The same as a plain number, for where no money is involved. */
export const growth = textOrNumber<number>({ ...LOOKS, expected: 'a rate such as 0.5 or 50%' }, (raw) => {
  const fraction = parseFraction(raw)
  if (typeof fraction !== 'number') return fraction
  return rateProblem(raw, fraction) ?? fraction
})

function parseFraction(raw: string | number): number | Unreadable {
  const match = FRACTION.exec(String(raw).trim())
  if (!match) {
    return {
      code: 'unreadableShare',
      message: `'${raw}' is no share: write for instance 0.8 or 80%`,
    }
  }
  return Number(match[1]) / (match[2] === '%' ? 100 : 1)
}

function rateProblem(raw: string | number, fraction: number): Unreadable | undefined {
  if (fraction > -1 && fraction <= LARGEST_RATE) return undefined
  return { code: 'numberOutOfRange', message: `${raw} is not between -100% and ${LARGEST_RATE}00%` }
}

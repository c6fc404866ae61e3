import type { Agreement, Line } from './agreement.ts'
import { type PriceBook, pricePerAcceleratorHour, ratesWithin } from './price.ts'
import { priceContextOf, resolveAgreement } from './resolve.ts'
import { currentTerm } from './term.ts'
import type { CrossProblem } from './validate.ts'

/** What all lines may cost together in one hour, in micro-units: whole numbers are exact up to here. */
const MOST_MICROS_PER_HOUR = BigInt(Number.MAX_SAFE_INTEGER)

/**
 * The lines with which all together would cost more in an hour, at the highest price of each, than can be counted exactly. One
 * that does so is not counted on, so that others are judged without it.
 */
export function dearLines(agreements: readonly Agreement[], prices: PriceBook): CrossProblem[] {
  let sum = 0n
  return agreements.flatMap((agreement, at) =>
    agreement.lines.flatMap((line, n): CrossProblem[] => {
      const perHour = highestPerHour(agreement, line, prices)
      if (sum + perHour <= MOST_MICROS_PER_HOUR) {
        sum += perHour
        return []
      }
      const path = ['lines', n, 'price', 'amount']
      return [{ at, problem: { code: 'pricesTooLarge', mostMicrosPerHour: MOST_MICROS_PER_HOUR, path } }]
    }),
  )
}

/** Nothing where it has no accelerators, or a price that cannot be worked out. */
function highestPerHour(agreement: Agreement, line: Line, prices: PriceBook): bigint {
  const grants = resolveAgreement({ ...agreement, lines: [line] })
  const [first] = grants
  if (!first) return 0n
  const context = priceContextOf(first, prices)
  const pieces = ratesWithin(line.price, currentTerm(agreement), context)
  if (!pieces.ok) return 0n
  let highest = 0n
  for (const { start } of pieces.value) {
    const price = pricePerAcceleratorHour(line.price, start, context)
    if (price.ok && price.value.micros > highest) highest = price.value.micros
  }
  return highest * BigInt(grants.reduce((sum, { accelerators }) => sum + accelerators, 0))
}

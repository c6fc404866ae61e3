/** The places after the point that sums are written with at most. */
const PLACES = 6

/** The exact sum of decimals, as a decimal: a number would lose digits of large ones. */
export function sumText(amounts: readonly string[]): string {
  const total = amounts.reduce((sum, amount) => sum + microsOf(amount), 0n)
  const digits = String(total < 0n ? -total : total).padStart(PLACES + 1, '0')
  return `${total < 0n ? '-' : ''}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`
}

function microsOf(amount: string): bigint {
  const [whole = '0', part = ''] = amount.replace('-', '').split('.')
  const micros = BigInt(whole + part.slice(0, PLACES).padEnd(PLACES, '0'))
  return amount.startsWith('-') ? -micros : micros
}

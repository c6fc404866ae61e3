const WHOLE = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 })
const SHARE = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 })
const SHORT = new Intl.NumberFormat(undefined, { notation: 'compact', maximumSignificantDigits: 4 })

export function countText(count: number): string {
  return WHOLE.format(count)
}

/** 1.234 million as 1.234M: for axes and tiles. */
export function shortText(count: number): string {
  return SHORT.format(count)
}

export function shareText(share: number): string {
  return SHARE.format(share)
}

/** A sum of the API, exact decimals, with its currency: to the unit, to the cent, or in few digits. */
export function amountText(
  amount: string,
  currency: string,
  as: 'unit' | 'exact' | 'short' = 'unit',
): string {
  const digits = as === 'exact' ? 2 : 0
  const format =
    as === 'short'
      ? { notation: 'compact' as const, maximumSignificantDigits: 3 }
      : { minimumFractionDigits: digits, maximumFractionDigits: digits }
  const options = { style: 'currency', currency, currencyDisplay: 'code', ...format } as const
  // A text keeps every digit, where a number would lose some of a large sum.
  return new Intl.NumberFormat(undefined, options).format(amount as unknown as number).replace(/\u00a0/, ' ')
}

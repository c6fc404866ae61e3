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

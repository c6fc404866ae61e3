const COUNT = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** `1,234,567`. */
export function formatCount(value: number): string {
  return COUNT.format(value)
}

/** Hours in a form that keeps its digits: `0.02 h`, `13.4 h`, `1,250 h`. */
export function formatHours(hours: number): string {
  const digits = hours >= 100 ? 0 : hours >= 10 ? 1 : 2
  return `${new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(hours)} h`
}

/** `84.2 %` of a share from 0 to 1. */
export function formatPercent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const

/** How long something lasts, in its two largest units: 3 d 4 h. */
export function durationText(ms: number): string {
  let left = Math.max(0, ms)
  const parts: string[] = []
  for (const [unit, length] of UNITS) {
    const count = Math.floor(left / length)
    if (count > 0 || (parts.length === 0 && unit === 's')) parts.push(`${count} ${unit}`)
    else if (parts.length > 0) break
    left -= count * length
    if (parts.length === 2) break
  }
  return parts.join(' ')
}

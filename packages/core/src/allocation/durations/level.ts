import { MINUTE_MS } from '../../base/instant.ts'

/** Two levels to each doubling: from the last one on, after some thousand years, everything counts alike. */
export const LEVELS = 60

/** The shortest running time of each level: 0, a minute, and from there two levels to each doubling. */
const STARTS = Array.from({ length: LEVELS }, (_, level) => {
  if (level === 0) return 0
  const doubled = MINUTE_MS * 2 ** ((level - 1) >> 1)
  return level % 2 === 1 ? doubled : Math.round(doubled * Math.SQRT2)
})

/** The level of a running time in ms. */
export function levelOf(ms: number): number {
  let low = 0
  let high = LEVELS - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (levelStart(middle) <= ms) low = middle
    else high = middle - 1
  }
  return low
}

/** The shortest running time of a level, in ms. */
export function levelStart(level: number): number {
  return STARTS[level] as number
}

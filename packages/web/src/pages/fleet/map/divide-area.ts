import type { Rect } from './rect.ts'

/**
 * Cuts an area into one part for each weight, in their order, as square as it gets: in halves of like weight, across the
 * longer side; a width counts so many times as much as a height.
 */
export function divideArea(weights: readonly number[], area: Rect, gap: number, breadth = 1): Rect[] {
  if (weights.length === 0) return []
  if (weights.length === 1) return [area]
  const all = sumOf(weights)
  const cut = halfOf(weights, all)
  const [first, second] = [weights.slice(0, cut), weights.slice(cut)]
  const share = all > 0 ? sumOf(first) / all : cut / weights.length
  const { x, y, width, height } = area
  if (width * breadth >= height) {
    const left = Math.round((width - gap) * share)
    const right = { x: x + left + gap, y, width: width - left - gap, height }
    return [
      ...divideArea(first, { x, y, width: left, height }, gap, breadth),
      ...divideArea(second, right, gap, breadth),
    ]
  }
  const above = Math.round((height - gap) * share)
  const below = { x, y: y + above + gap, width, height: height - above - gap }
  return [
    ...divideArea(first, { x, y, width, height: above }, gap, breadth),
    ...divideArea(second, below, gap, breadth),
  ]
}

/** How many of the first make the two sides most alike; at least one, and not all. */
function halfOf(weights: readonly number[], all: number): number {
  let before = 0
  let best = 1
  let least = Number.POSITIVE_INFINITY
  for (let n = 1; n < weights.length; n++) {
    before += weights[n - 1] ?? 0
    const apart = Math.abs(all - 2 * before)
    if (apart >= least) continue
    least = apart
    best = n
  }
  return best
}

function sumOf(weights: readonly number[]): number {
  return weights.reduce((sum, weight) => sum + weight, 0)
}

import { money, split } from '../base/money.ts'
import { type Share, WHOLE } from '../base/quantity.ts'

/** How much of a whole is one party's, place's or thing's. */
export interface Part {
  readonly key: string
  readonly weight: bigint
  readonly share: Share
}

/** How unevenly a whole is spread. */
export interface Concentration {
  /** The largest first; their shares add up to one exactly. */
  readonly parts: readonly Part[]
  /** Herfindahl–Hirschman index: the sum of the squared percentages, 10,000 where one has all. */
  readonly herfindahl: number
  /** How many equal parts would be as concentrated: 10,000 ÷ the index. */
  readonly equalParts: number
}

/** The concentration of weights that are not negative, those of one key added up; nothing where they are all zero. */
export function concentrationOf(
  weights: Iterable<{ readonly key: string; readonly weight: bigint }>,
): Concentration | undefined {
  const sums = new Map<string, bigint>()
  for (const { key, weight } of weights) sums.set(key, (sums.get(key) ?? 0n) + weight)
  const sorted = [...sums]
    .filter(([, weight]) => weight > 0n)
    .sort(([a, left], [b, right]) => (left === right ? (a < b ? -1 : 1) : left > right ? -1 : 1))
  if (sorted.length === 0) return undefined
  const shares = split(
    money(BigInt(WHOLE), ''),
    sorted.map(([, weight]) => weight),
  )
  const whole = sorted.reduce((sum, [, weight]) => sum + weight, 0n)
  const squares = sorted.reduce((sum, [, weight]) => sum + weight * weight, 0n)
  const herfindahl = Number((squares * 10_000n * 1_000n) / (whole * whole)) / 1_000
  return {
    parts: sorted.map(([key, weight], i) => ({
      key,
      weight,
      share: Number(shares[i]?.micros ?? 0n) as Share,
    })),
    herfindahl,
    equalParts: Math.round((10_000 / herfindahl) * 100) / 100,
  }
}

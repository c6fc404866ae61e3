/** The size of something that was seen; where it is still open, the size that it has reached so far. */
export interface Observation {
  readonly size: number
  readonly isOpen: boolean
}

/**
 * The sizes below which these shares of all lie, those that are still open included: each that is open counts, at every size
 * beyond what it has reached, as those do that are known to be larger (Kaplan and Meier, JASA 1958). Where too many are open
 * to tell, the largest size that was seen or reached.
 */
export function censoredQuantiles(
  observations: readonly Observation[],
  shares: readonly number[],
): readonly number[] {
  const sorted = [...observations].sort((a, b) => a.size - b.size || Number(a.isOpen) - Number(b.isOpen))
  const found: (number | undefined)[] = shares.map(() => undefined)
  let larger = 1
  sorted.forEach(({ size, isOpen }, n) => {
    if (isOpen) return
    larger *= 1 - 1 / (sorted.length - n)
    for (const [s, share] of shares.entries()) if (1 - larger >= share - ROUNDING) found[s] ??= size
  })
  return found.map((size) => size ?? sorted.at(-1)?.size ?? 1)
}

const ROUNDING = 1e-9

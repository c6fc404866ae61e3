/** A part of a whole, exact; the whole is not negative, and zero only where there is nothing to be a part of. */
export interface Ratio {
  readonly part: bigint
  readonly whole: bigint
}

export const ALL: Ratio = { part: 1n, whole: 1n }

/** The ratio, or one where it exceeds that or its whole is zero. */
export function atMostAll({ part, whole }: Ratio): Ratio {
  return part < whole ? { part, whole } : ALL
}

export function larger(a: Ratio, b: Ratio): Ratio {
  return a.part * b.whole >= b.part * a.whole ? a : b
}

export function times(a: Ratio, b: Ratio): Ratio {
  return { part: a.part * b.part, whole: a.whole * b.whole }
}

export function over(a: Ratio, b: Ratio): Ratio {
  return { part: a.part * b.whole, whole: a.whole * b.part }
}

export function plus(a: Ratio, b: Ratio): Ratio {
  return { part: a.part * b.whole + b.part * a.whole, whole: a.whole * b.whole }
}

export function minus(a: Ratio, b: Ratio): Ratio {
  return plus(a, { part: -b.part, whole: b.whole })
}

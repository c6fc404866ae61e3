import type { Prng } from './prng.ts'

/** A draw from the standard normal distribution (Box and Muller 1958, one of the pair). */
export function drawNormal(chance: Prng): number {
  const radius = Math.sqrt(-2 * Math.log(1 - chance.next()))
  return radius * Math.cos(2 * Math.PI * chance.next())
}

/**
 * The probability that a standard normal draw stays at or below `z`, good to 1.5 × 10⁻⁷
 * (error function by Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26).
 */
export function normalShareBelow(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const polynomial =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  const tail = (polynomial * Math.exp(-x * x)) / 2
  return z < 0 ? tail : 1 - tail
}

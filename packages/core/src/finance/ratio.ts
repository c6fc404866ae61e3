import { NONE, type Share, WHOLE } from '../base/quantity.ts'

/** A part of a whole, from nothing to all of it, as the nearest share; nothing of nothing is none. */
export function ratioOf(part: bigint, whole: bigint): Share {
  if (whole === 0n) return NONE
  return Number((part * BigInt(WHOLE) * 2n + whole) / (2n * whole)) as Share
}

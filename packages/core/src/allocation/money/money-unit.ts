import { HOUR_MS } from '../../base/instant.ts'

/**
 * Sums of a ledger are whole micro-units per hour × milliseconds, so that a price for a time needs no rounding: so many of these
 * are one micro-unit.
 */
export const PER_MICRO = BigInt(HOUR_MS)

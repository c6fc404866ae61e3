import { assert } from './assert.ts'
import { HOUR_MS } from './instant.ts'
import { type Money, scale } from './money.ts'

/** A part of a whole in whole parts per million: 0.8 is 800,000. */
export type Share = number & { readonly unit: 'share' }

export const WHOLE = 1_000_000 as Share
export const NONE = 0 as Share

/** The nearest share to a plain fraction such as 0.8. */
export function share(fraction: number): Share {
  assert(Number.isFinite(fraction), 'a share is a finite number')
  return Math.round(fraction * WHOLE) as Share
}

export function shareOf(amount: Money, part: Share): Money {
  return scale(amount, BigInt(part), BigInt(WHOLE))
}

/** Accelerators × milliseconds, exact: seven years of a million accelerators do not fit a float. */
export type AcceleratorMs = bigint & { readonly unit: 'accelerator-ms' }

export function acceleratorMs(accelerators: number, ms: number): AcceleratorMs {
  assert(
    Number.isSafeInteger(accelerators) && Number.isSafeInteger(ms),
    'accelerators and milliseconds are whole',
  )
  return (BigInt(accelerators) * BigInt(ms)) as AcceleratorMs
}

export function addTime(a: AcceleratorMs, b: AcceleratorMs): AcceleratorMs {
  return (a + b) as AcceleratorMs
}

/** Accelerator-hours as a number, for reports: good to about 15 digits. */
export function toHours(time: AcceleratorMs): number {
  return Number(time) / HOUR_MS
}

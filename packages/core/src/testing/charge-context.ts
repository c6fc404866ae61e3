import type { Agreement } from '../agreements/agreement.ts'
import { NO_SLIPS } from '../agreements/resolve.ts'
import { instant } from '../base/instant.ts'
import type { Span } from '../base/span.ts'
import { constant, type StepFunction } from '../base/step-function.ts'
import { capacityOf } from '../capacity/timeline.ts'
import type { ChargeContext } from '../cost/charge-context.ts'

/** The pool of a test agreement's line. */
export const POOL = 'north/us-east/gb200'

export interface Circumstances extends Partial<Omit<ChargeContext, 'agreements' | 'window' | 'used'>> {
  readonly window: Span
  /** What is used of the test pool: the same all the time, or step by step. */
  readonly used: number | StepFunction
}

/** Agreements with the use of one pool, reported over all time unless told otherwise. */
export function chargeContext(agreements: readonly Agreement[], circumstances: Circumstances): ChargeContext {
  const { window, used, ...rest } = circumstances
  const starts = agreements.map(({ term }) => term.start.value)
  const ends = agreements.map(({ term }) => term.until.value)
  const horizon = {
    start: instant(Math.min(...starts)),
    until: instant(Math.max(...ends)),
  }
  return {
    agreements,
    slips: NO_SLIPS,
    prices: { points: [] },
    capacity: capacityOf({
      agreements,
      fleet: { shapes: [], pools: [], failures: [] },
      slips: NO_SLIPS,
      horizon,
    }),
    used: new Map([[POOL, typeof used === 'number' ? constant(used, window) : used]]),
    idle: [],
    workloads: [],
    services: [],
    hardware: [],
    window,
    horizon,
    ...rest,
  }
}

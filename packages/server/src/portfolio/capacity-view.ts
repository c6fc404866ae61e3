import type { CapacityOfPool } from '@offtake/contract/api/capacity-routes'
import { NO_SLIPS } from '@offtake/core/agreements/resolve'
import type { Instant } from '@offtake/core/base/instant'
import type { Span } from '@offtake/core/base/span'
import { valueAt } from '@offtake/core/base/step-function'
import { capacityOf, type PoolTimeline } from '@offtake/core/capacity/timeline'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import { isoOf } from '../http/iso.ts'

/** What the portfolio promises and delivers, pool by pool; nothing of pools that have nothing within the stretch. */
export function capacityViews({ agreements, fleet, horizon }: Portfolio, span: Span): CapacityOfPool[] {
  return capacityOf({ agreements, fleet, slips: NO_SLIPS, horizon }).flatMap((timeline) => {
    const steps = stepsOf(timeline, span)
    if (steps.every(({ promised, delivered }) => promised === 0 && delivered === 0)) return []
    const { id, provider, region, hardware, fabric } = timeline.pool
    return [{ pool: id, provider, region, hardware, fabric, steps }]
  })
}

function stepsOf({ promised, delivered }: PoolTimeline, { start, until }: Span): CapacityOfPool['steps'] {
  const inside = [...promised.times, ...delivered.times].filter((at) => start < at && at < until)
  const moments: Instant[] = [start, ...[...new Set(inside)].sort((a, b) => a - b)]
  return moments.map((at) => ({
    at: isoOf(at),
    promised: valueAt(promised, at),
    delivered: valueAt(delivered, at),
  }))
}

import { compareText } from '../base/compare-text.ts'
import { groupBy } from '../base/group.ts'
import { type Instant, monthStart } from '../base/instant.ts'
import { type AcceleratorMs, addTime } from '../base/quantity.ts'
import type { Span } from '../base/span.ts'
import { poolOf } from '../capacity/pool.ts'
import type { Served } from './merit-order.ts'

/** What one line of an agreement gave to its pool's use in one calendar month (UTC), and what of it stood idle. */
export interface LineUse {
  /** The month's first moment. */
  readonly month: Instant
  readonly agreementId: string
  readonly lineId: string
  readonly poolId: string
  readonly used: AcceleratorMs
  readonly unused: AcceleratorMs
}

/** Adds up by month, agreement and line what was served within the span, whose edges no stretch may cross. */
export function lineUse(served: readonly Served[], span: Span): LineUse[] {
  const within = served.filter(({ start, until }) => span.start <= start && until <= span.until)
  const groups = groupBy(within, ({ start, supply: { grant } }) =>
    [monthStart(start), grant.agreementId, grant.lineId].join(' '),
  )
  return [...groups.values()]
    .flatMap((parts): LineUse[] => {
      const [first] = parts
      if (!first) return []
      const { grant } = first.supply
      return [
        {
          month: monthStart(first.start),
          agreementId: grant.agreementId,
          lineId: grant.lineId,
          poolId: poolOf(grant).id,
          used: sum(parts.map(({ used }) => used)),
          unused: sum(parts.map(({ unused }) => unused)),
        },
      ]
    })
    .sort(
      (a, b) =>
        a.month - b.month || compareText(a.agreementId, b.agreementId) || compareText(a.lineId, b.lineId),
    )
}

function sum(times: readonly AcceleratorMs[]): AcceleratorMs {
  return times.reduce(addTime, 0n as AcceleratorMs)
}

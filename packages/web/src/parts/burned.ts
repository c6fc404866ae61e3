import type { CommitmentView } from '@offtake/contract/api/finance-routes'
import { groupBy } from '@offtake/core/base/group'
import { sumText } from './sum.ts'

/** The intervals of one agreement's commitment together, exact. */
export interface Burned {
  readonly committed: string
  readonly used: string
  readonly foreseen: string
  readonly trueUp: string
}

export function burnedByAgreement(rows: readonly CommitmentView[]): ReadonlyMap<string, Burned> {
  return new Map(
    [...groupBy(rows, ({ agreement }) => agreement)].map(([agreement, intervals]) => [
      agreement,
      {
        committed: sumText(intervals.map(({ committed }) => committed)),
        used: sumText(intervals.map(({ used }) => used)),
        foreseen: sumText(intervals.map(({ foreseen }) => foreseen)),
        trueUp: sumText(intervals.map(({ trueUp }) => trueUp)),
      },
    ]),
  )
}

/** The shares of what is committed that are burned, foreseen beyond that, and at risk of a true-up. */
export function burnShares({ committed, used, foreseen, trueUp }: Burned) {
  const whole = Number(committed)
  if (!(whole > 0)) return undefined
  const burned = Math.min(1, Math.max(0, Number(used) / whole))
  const coming = Math.max(0, Math.min(1 - burned, (Number(foreseen) - Number(used)) / whole))
  const atRisk = Math.max(0, Math.min(1 - burned - coming, Number(trueUp) / whole))
  return { burned, coming, atRisk }
}

import type { Agreement, SlaCredit } from '../agreements/agreement.ts'
import { groupBy } from '../base/group.ts'
import { money, nothing } from '../base/money.ts'
import { WHOLE } from '../base/quantity.ts'
import type { IdleRow } from '../usage/pool-idle.ts'
import { type Charge, monthOf } from './charge.ts'
import { type ChargeContext, isWithin } from './charge-context.ts'
import { scaleToCents } from './exact-amount.ts'

/**
 * What the provider credits for months below a promised availability, by line: the largest credit whose bound the pool's
 * availability misses, as a share of what the line was charged in that month within the measured window. Availability is
 * the part of the delivered accelerator time that was not broken. Nothing is supposed for months that were not measured.
 */
export function slaCredits(
  agreement: Agreement,
  charges: readonly Charge[],
  context: ChargeContext,
): Charge[] {
  if (agreement.slaCredits.length === 0) return []
  const idle = new Map(context.idle.map((row) => [keyOf(row.poolId, row.month), row]))
  const measured = charges.filter(
    (charge) => charge.kind !== 'unused' && charge.lineId !== undefined && isWithin(charge, context.window),
  )
  const byLineAndMonth = groupBy(measured, (charge) => `${charge.lineId} ${monthOf(charge)}`)
  return [...byLineAndMonth.values()].flatMap((ofMonth): Charge[] => {
    const last = ofMonth.at(-1)
    const row = last?.poolId === undefined ? undefined : idle.get(keyOf(last.poolId, monthOf(last)))
    const credit = row && creditFor(row, agreement.slaCredits)
    if (!last || !credit) return []
    const { time: _time, used: _used, ...about } = last
    const charged = ofMonth.reduce((sum, { amount }) => sum + amount.micros, 0n)
    const amount = scaleToCents(money(-charged, agreement.currency), BigInt(credit), BigInt(WHOLE))
    const termsAssumed = ofMonth.some((charge) => charge.termsAssumed)
    return [
      {
        ...about,
        kind: 'slaCredit',
        amount,
        owedAnyway: nothing(agreement.currency),
        basis: 'measured',
        termsAssumed,
      },
    ]
  })
}

function keyOf(poolId: string, month: number): string {
  return `${month} ${poolId}`
}

function creditFor({ used, idle }: IdleRow, credits: readonly SlaCredit[]): number | undefined {
  const { broken } = idle
  const delivered = used + idle.noDemand + idle.tooFew + idle.fragmented + idle.draining + broken
  const missed = credits.filter(
    ({ availabilityBelow }) => (delivered - broken) * BigInt(WHOLE) < BigInt(availabilityBelow) * delivered,
  )
  return missed.length === 0 ? undefined : Math.max(...missed.map(({ credit }) => credit))
}

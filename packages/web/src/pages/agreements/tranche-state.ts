import type { AgreementView } from '@offtake/contract/api/agreement'

export type Tranche = AgreementView['lines'][number]['tranches'][number]

/** Which tranche. */
export interface TrancheOf {
  readonly line: string
  readonly tranche: Tranche
}

const DAY_MS = 86_400_000

/** Where a delivery stands at a moment, with the days that it is late where it is. */
export type TrancheState =
  | { readonly kind: 'delivered'; readonly lateDays: number }
  | { readonly kind: 'expected'; readonly lateDays: number }
  | { readonly kind: 'overdue'; readonly lateDays: number }
  | { readonly kind: 'promised'; readonly lateDays: 0 }

/** Overdue is what should be there by now and was not recorded: it counts as there, as far as is known. */
export function trancheState({ promised, expected, delivered }: Tranche, now: number): TrancheState {
  const was = Date.parse(promised)
  if (delivered !== null) return { kind: 'delivered', lateDays: daysLate(was, Date.parse(delivered)) }
  const due = expected === null ? was : Date.parse(expected)
  if (due < now) return { kind: 'overdue', lateDays: daysLate(was, due) }
  if (expected !== null) return { kind: 'expected', lateDays: daysLate(was, due) }
  return { kind: 'promised', lateDays: 0 }
}

/** When its machines are there, as far as is known. */
export function startOf({ promised, expected, delivered }: Tranche): number {
  return Date.parse(delivered ?? expected ?? promised)
}

function daysLate(promised: number, came: number): number {
  return Math.max(0, Math.floor((came - promised) / DAY_MS))
}

export function lateText(days: number): string {
  if (days === 0) return 'on time'
  return days === 1 ? '1 day late' : `${days} days late`
}

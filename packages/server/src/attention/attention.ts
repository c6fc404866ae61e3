import type { AttentionItem } from '@offtake/contract/api/attention-routes'
import { may } from '../access/actor.ts'
import { APPROVALS } from './approvals.ts'
import {
  CLOSING_OPTIONS,
  ENDS_OF_TERMS,
  PREPAYMENTS,
  RENEWAL_NOTICES,
  RIGHTS_TO_END,
} from './calendar-dates.ts'
import { COMMITMENTS } from './commitments.ts'
import { FAILED_NODES, OUTAGES } from './failures.ts'
import type { Finder, Found, Looked } from './finder.ts'
import { HOPELESS_JOBS } from './hopeless-jobs.ts'
import { QUOTAS } from './quotas.ts'
import { TRANCHES } from './tranches.ts'

const FINDERS: readonly Finder[] = [
  APPROVALS,
  OUTAGES,
  FAILED_NODES,
  TRANCHES,
  CLOSING_OPTIONS,
  RENEWAL_NOTICES,
  ENDS_OF_TERMS,
  RIGHTS_TO_END,
  PREPAYMENTS,
  COMMITMENTS,
  QUOTAS,
  HOPELESS_JOBS,
]

const ORDER: Readonly<Record<AttentionItem['severity'], number>> = { urgent: 0, soon: 1, notice: 2 }

/** What needs a person, the most urgent first, and of the same urgency what is due first. */
export async function attentionItems(looked: Looked): Promise<AttentionItem[]> {
  const shown = FINDERS.filter(({ shown: route }) => may(looked.actor, route))
  const found = await Promise.all(
    shown.map(async ({ find, settled }) => {
      const yours = settled !== undefined && may(looked.actor, settled)
      return (await find(looked)).map((one) => whole(one, yours))
    }),
  )
  return found.flat().sort(byUrgency)
}

function whole({ since = null, due = null, count = 1, ...found }: Found, yours: boolean): AttentionItem {
  return { since, due, count, amount: null, currency: null, basis: null, yours, ...found }
}

function byUrgency(a: AttentionItem, b: AttentionItem): number {
  if (a.severity !== b.severity) return ORDER[a.severity] - ORDER[b.severity]
  return (a.due ?? a.since ?? '~') < (b.due ?? b.since ?? '~') ? -1 : 1
}

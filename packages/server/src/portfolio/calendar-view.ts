import type { CalendarItem } from '@offtake/contract/api/calendar-routes'
import { calendarText } from '@offtake/contract/text/calendar-text'
import { type CalendarEntry, calendarOf } from '@offtake/core/agreements/calendar'
import { formatMoney, type Money } from '@offtake/core/base/money'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import { isoOf } from '../http/iso.ts'

interface Asked {
  /** Of one agreement, be it a draft; of all that are signed, and of quotes, by default. */
  readonly agreement?: string
  readonly from?: number
  readonly until?: number
}

/** What is due when, in order of time. */
export function calendarItems(
  { agreements, quotes, currency }: Portfolio,
  { agreement, from = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY }: Asked,
): CalendarItem[] {
  const entries =
    agreement === undefined
      ? calendarOf(
          agreements.filter(({ status }) => status === 'signed'),
          quotes,
        )
      : calendarOf(agreements.filter(({ id }) => id === agreement))
  return entries.filter(({ at }) => from <= at && at < until).map((entry) => itemOf(entry, currency))
}

function itemOf(entry: CalendarEntry, currency: string): CalendarItem {
  const { at, kind, agreementId, provider } = entry
  const amount = amountOf(entry)
  return {
    id: [agreementId, kind, ...aboutOf(entry)].join('/'),
    at: isoOf(at),
    kind,
    agreement: agreementId,
    provider,
    text: calendarText(entry),
    line: 'lineId' in entry ? entry.lineId : null,
    tranche: 'trancheId' in entry ? entry.trancheId : null,
    option: 'option' in entry ? entry.option.id : null,
    accelerators: acceleratorsOf(entry),
    amount: amount ? formatMoney(amount) : null,
    currency,
  }
}

/** What tells it from others of its kind. */
function aboutOf(entry: CalendarEntry): string[] {
  if ('trancheId' in entry) return [entry.lineId, entry.trancheId]
  if ('option' in entry) return [entry.option.id]
  if ('interval' in entry) return [String(entry.interval)]
  if ('holder' in entry) return [entry.holder, entry.subject, isoOf(entry.at)]
  if ('party' in entry) return [entry.party, entry.scope, isoOf(entry.at)]
  return []
}

function acceleratorsOf(entry: CalendarEntry): number | null {
  if ('accelerators' in entry) return entry.accelerators
  return 'option' in entry ? (entry.option.accelerators?.value ?? null) : null
}

function amountOf(entry: CalendarEntry): Money | undefined {
  if ('amount' in entry) return entry.amount
  return 'owed' in entry ? entry.owed : undefined
}

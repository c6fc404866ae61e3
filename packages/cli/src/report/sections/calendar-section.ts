import { calendarText } from '@offtake/contract/text/calendar-text'
import { type CalendarEntry, calendarOf } from '@offtake/core/agreements/calendar'
import { formatDate } from '@offtake/core/base/instant'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { dateText } from '../date-text.ts'
import { type DataTable, type Section, words } from '../section.ts'
import { tableMarkup } from '../table-markup.ts'

const NEXT = 12

/** What is due next under what was signed: deliveries, notices, options, rights and intervals that end. */
export function calendarSection({ portfolio: { agreements, asOf }, slips }: RunResult): Section {
  const signed = agreements.filter(({ status }) => status === 'signed')
  const due = calendarOf(signed, [], slips).filter(({ at }) => at >= asOf)
  const [first] = due
  const section = { id: 'calendar', topic: 'What is due next' }
  if (!first) return { ...section, heading: `Nothing is due after ${dateText(asOf)}` }
  const rest = due.slice(NEXT)
  return {
    ...section,
    heading: `Next: ${dateText(first.at)}, ${first.provider}; ${restText(due.length - 1)}`,
    text: `From ${dateText(asOf)} on: deliveries, ends of commitment intervals, notices, options, renewals and rights.`,
    body: tableMarkup(tableOf(due.slice(0, NEXT))),
    ...(rest.length > 0 ? { tables: [{ title: `${rest.length} later dates`, ...tableOf(rest) }] } : {}),
  }
}

function restText(count: number): string {
  if (count === 0) return 'nothing follows'
  return count === 1 ? 'one more date follows' : `${count} more dates follow`
}

function tableOf(entries: readonly CalendarEntry[]): DataTable {
  return {
    columns: words('date', 'agreement', 'what'),
    rows: entries.map((entry) => [formatDate(entry.at), entry.agreementId, calendarText(entry)]),
  }
}

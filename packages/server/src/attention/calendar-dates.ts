import { amendAgreement, exerciseOption, showAgreement } from '@offtake/contract/api/agreement-routes'
import type { Route } from '@offtake/contract/api/route'
import { calendarText } from '@offtake/contract/text/calendar-text'
import { type CalendarEntry, calendarOf } from '@offtake/core/agreements/calendar'
import { stateAt } from '@offtake/core/agreements/lifecycle'
import { formatDate } from '@offtake/core/base/instant'
import { formatMoney } from '@offtake/core/base/money'
import { isoOf } from '../http/iso.ts'
import { type Finder, type Found, type Looked, severityBy } from './finder.ts'

type EntryOf<Kind extends CalendarEntry['kind']> = Extract<CalendarEntry, { readonly kind: Kind }>

/** The last day on which notice of renewal may be given. */
export const RENEWAL_NOTICES = datesOf(
  'renewalNotice',
  'renewalNotice',
  amendAgreement,
  (entry, agreement) => ({
    text: `${entry.agreementId}: ${calendarText(entry)}, on ${formatDate(entry.at)}`,
    subject: agreement,
  }),
)

export const ENDS_OF_TERMS = datesOf('termEnds', 'agreementEnds', amendAgreement, (entry, agreement) => ({
  text: `${entry.agreementId} ends on ${formatDate(entry.at)}`,
  subject: agreement,
}))

export const CLOSING_OPTIONS = datesOf('optionCloses', 'optionCloses', exerciseOption, (entry, agreement) => {
  const { option } = entry
  if (option.exercised !== undefined) return undefined
  return {
    text: `${entry.agreementId}: ${calendarText(entry)} on ${formatDate(entry.at)}`,
    subject: { ...agreement, option: option.id },
  }
})

export const PREPAYMENTS = datesOf('prepaymentDue', 'prepaymentDue', undefined, (entry, agreement) => ({
  text: `${entry.agreementId}: ${calendarText(entry)} on ${formatDate(entry.at)}`,
  subject: agreement,
  amount: formatMoney(entry.amount),
  currency: entry.amount.currency,
}))

/** Rights to leave because tranches came late, that hold now or soon. */
export const RIGHTS_TO_END: Finder = {
  shown: showAgreement,
  settled: amendAgreement,
  find: ({ at, until, ...looked }) =>
    entriesOf({ at, ...looked }).flatMap((entry) =>
      entry.kind === 'mayTerminate' && entry.at <= until && at < entry.until
        ? [
            {
              id: `mayTerminate/${entry.agreementId}`,
              kind: 'mayTerminate',
              severity: 'notice',
              since: isoOf(entry.at),
              due: isoOf(entry.until),
              text: `${entry.agreementId}: ${calendarText(entry)}`,
              subject: { agreement: entry.agreementId, provider: entry.provider },
            } as const,
          ]
        : [],
    ),
}

type Told = Pick<Found, 'text' | 'subject' | 'amount' | 'currency'>

/** A finder of calendar entries of a kind within the days that it looks ahead. */
function datesOf<Kind extends CalendarEntry['kind']>(
  kind: Kind,
  as: Found['kind'],
  settled: Pick<Route, 'may'> | undefined,
  tell: (entry: EntryOf<Kind>, agreement: Found['subject']) => Told | undefined,
): Finder {
  return {
    shown: showAgreement,
    ...(settled ? { settled } : {}),
    find: ({ at, until, ...looked }) =>
      entriesOf({ at, ...looked })
        .filter((entry): entry is EntryOf<Kind> => entry.kind === kind && at <= entry.at && entry.at <= until)
        .flatMap((entry) => {
          const told = tell(entry, { agreement: entry.agreementId, provider: entry.provider })
          if (!told) return []
          const id = [as, entry.agreementId, ...('option' in entry ? [entry.option.id] : [])].join('/')
          return [{ id, kind: as, severity: severityBy(entry.at, at), due: isoOf(entry.at), ...told }]
        }),
  }
}

/** Of agreements that were signed and have not ended. */
function entriesOf({ at, current }: Pick<Looked, 'at' | 'current'>): CalendarEntry[] {
  const agreements = current?.portfolio.agreements ?? []
  return calendarOf(
    agreements.filter((agreement) => {
      const state = stateAt(agreement, at)
      return state === 'signed' || state === 'active'
    }),
  )
}

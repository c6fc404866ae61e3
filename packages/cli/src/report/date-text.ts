import { formatDate, type Instant } from '@offtake/core/base/instant'

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** `3 November 2025`, of the day in UTC. */
export function dateText(at: Instant): string {
  const [year = '', month = '', day = ''] = formatDate(at).split('-')
  return `${Number(day)}\u00a0${MONTHS[Number(month) - 1] ?? ''}\u00a0${year}`
}

/** `Nov 2025`. */
export function shortMonthText(at: Instant): string {
  const [month = '', year = ''] = monthText(at).split('\u00a0')
  return `${month.slice(0, 3)}\u00a0${year}`
}

/** `November 2025`. */
export function monthText(at: Instant): string {
  return dateText(at).replace(/^\d+\s/, '')
}

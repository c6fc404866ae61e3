import { formatCount } from '@offtake/contract/text/format-number'
import type { BookedRow } from '@offtake/core/simulation/booking-observer'
import type { RunResult } from '@offtake/core/simulation/run-result'
import { windowRefusalText } from '../../text/window-text.ts'
import { numbers, type Section, words } from '../section.ts'

const SHOWN_MAX = 50

/** What came of each window that was booked; nothing where none was. */
export function windowsSection({ bookings }: RunResult): Section | undefined {
  if (bookings.length === 0) return undefined
  const shown = bookings.toSorted((a, b) => Number(isRefused(b)) - Number(isRefused(a)))
  const hidden = bookings.length - SHOWN_MAX
  return {
    id: 'windows',
    topic: 'Windows',
    heading: headingOf(bookings),
    text: `A window keeps room for its tenant from when it opens.${hidden > 0 ? ` Shown are ${SHOWN_MAX} of ${formatCount(bookings.length)}, those that were refused first.` : ''}`,
    tables: [
      {
        title: 'By window',
        columns: [
          ...words('window'),
          ...numbers('accelerators', 'times opened', 'gangs stopped for it'),
          ...words('refused, because'),
        ],
        rows: shown
          .slice(0, SHOWN_MAX)
          .map(({ id, accelerators, opened, gangsStopped, refused }) => [
            id,
            accelerators === undefined ? '' : formatCount(accelerators),
            formatCount(opened),
            formatCount(gangsStopped),
            refused ? windowRefusalText(refused) : '',
          ]),
      },
    ],
  }
}

function isRefused({ refused }: BookedRow): boolean {
  return refused !== undefined
}

function headingOf(bookings: readonly BookedRow[]): string {
  const refused = bookings.filter(isRefused).length
  const taken = bookings.length - refused
  const count = taken === 1 ? 'One window was booked' : `${formatCount(taken)} windows were booked`
  return refused === 0 ? count : `${count}, ${formatCount(refused)} refused`
}

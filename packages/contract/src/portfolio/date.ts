import { type Instant, instant, parseInstant } from '@offtake/core/base/instant'
import { textOnly, type Unreadable } from './text-value.ts'

const EARLIEST = instant(0)
const LATEST = instant(Date.UTC(2200, 0, 1))

/** A moment: `2025-11-03`, or with an hour `2025-11-03T08:00Z`; UTC where it names no zone. */
export const date = textOnly<Instant>(
  {
    expected: 'a date such as 2025-11-03',
    pattern: '^\\d{4}-\\d{2}(-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})?)?)?$',
    examples: ['2025-11-03', '2027-01', '2025-11-03T08:00Z'],
  },
  parseDate,
)

export function parseDate(raw: string): Instant | Unreadable {
  const at = parseInstant(raw)
  if (at === undefined) {
    return { code: 'unreadableDate', message: `'${raw}' is no date: write for instance 2025-11-03` }
  }
  if (at < EARLIEST || at > LATEST) {
    return { code: 'dateOutOfRange', message: `${raw} is not between 1970 and 2200` }
  }
  return at
}

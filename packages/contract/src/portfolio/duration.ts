import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, WEEK_MS } from '@offtake/core/base/instant'
import { textOnly } from './text-value.ts'

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', SECOND_MS],
  ['m', MINUTE_MS],
  ['h', HOUR_MS],
  ['d', DAY_MS],
  ['w', WEEK_MS],
])
const WHOLE_TEXT = /^(?:\d+(?:\.\d+)?\s*(?:ms|s|m|h|d|w)\s*)+$/
const LONGEST_MS = 100 * 366 * DAY_MS

/** Milliseconds, from `90s`, `30m`, `2h`, `90d`, `1h30m`. */
export const duration = textOnly<number>(
  {
    expected: 'a duration such as 30m, 2h or 90d',
    pattern: '^( *[0-9]+(\\.[0-9]+)? *(ms|s|m|h|d|w))+ *$',
    examples: ['30m', '2h', '90d', '1h30m'],
  },
  parseDuration,
)

/** One that takes some time. */
export const positiveDuration = duration.refine((ms) => ms > 0, {
  error: 'must be longer than nothing',
  params: { code: 'numberOutOfRange' },
})

function parseDuration(raw: string) {
  if (!WHOLE_TEXT.test(raw.trim())) {
    return {
      code: 'unreadableDuration' as const,
      message: `'${raw}' is no duration: write a number with s, m, h, d or w, for instance 30m or 90d`,
    }
  }
  let ms = 0
  for (const [, count, unit] of raw.matchAll(/(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)/g)) {
    ms += Number(count) * (UNITS.get(unit ?? '') ?? 0)
  }
  if (ms > LONGEST_MS) {
    return { code: 'numberOutOfRange' as const, message: `${raw} is longer than a century` }
  }
  return Math.round(ms)
}

import { Tooltip } from '@mantine/core'
import { useNow } from './use-now.ts'

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
const MINUTE = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'long' })

const UNITS = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

interface MomentProps {
  /** ISO 8601. */
  readonly at: string
  /** As a day, a day with its time, or how far from now. */
  readonly as?: 'day' | 'minute' | 'relative'
}

/** A moment in the reader's zone; in UTC for whoever points at it. */
export function Moment({ at, as = 'minute' }: MomentProps) {
  return (
    <Tooltip label={utcText(at)} openDelay={150} events={{ hover: true, focus: true, touch: true }}>
      <time dateTime={at}>{as === 'relative' ? <Relative at={at} /> : momentText(at, as)}</time>
    </Tooltip>
  )
}

function Relative({ at }: { readonly at: string }) {
  const now = useNow()
  return relativeText(Date.parse(at) - now)
}

export function momentText(at: string, as: 'day' | 'minute' = 'minute'): string {
  return (as === 'day' ? DAY : MINUTE).format(Date.parse(at))
}

export function utcText(at: string): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** How far from now, in the largest unit that fits. */
function relativeText(ms: number): string {
  // One year and a half is told in months.
  for (const [unit, length] of UNITS)
    if (Math.abs(ms) >= (unit === 'year' ? 2 * length : length))
      return RELATIVE.format(Math.trunc(ms / length), unit)
  return ms > 0 ? 'in a moment' : 'just now'
}

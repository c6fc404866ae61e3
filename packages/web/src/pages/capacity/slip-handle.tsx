import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { momentText } from '../../parts/moment.tsx'
import type { TimeScale } from '../../parts/timeline/time-scale.ts'
import classes from './slip-board.module.css'

const DAY_MS = 86_400_000
const MONTH_DAYS = 30
const MOST_DAYS = 9_999

interface SlipHandleProps {
  readonly name: string
  /** When it comes without the delay. */
  readonly start: number
  readonly days: number
  readonly scale: TimeScale
  /** While it moves. */
  readonly onDrag: (days: number) => void
  /** Where it stays. */
  readonly onSettle: (days: number) => void
}

/** Moves a delivery to later: by dragging it, or by the arrows a day, by page keys a month. */
export function SlipHandle({ name, start, days, scale, onDrag, onSettle }: SlipHandleProps) {
  const grabbed = useRef<{ readonly x: number; readonly days: number; now: number }>(undefined)
  const comes = start + days * DAY_MS
  const daysAt = (event: PointerEvent<HTMLElement>, from: { x: number; days: number }): number => {
    const width = event.currentTarget.parentElement?.clientWidth ?? 1
    const moved = ((event.clientX - from.x) / width) * (scale.until - scale.from)
    return Math.min(MOST_DAYS, Math.max(0, Math.round(from.days + moved / DAY_MS)))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = KEYS[event.key]
    if (by === undefined) return
    event.preventDefault()
    onSettle(by === 'back' ? 0 : Math.min(MOST_DAYS, Math.max(0, days + by)))
  }
  return (
    <div
      role="slider"
      tabIndex={0}
      className={classes.handle}
      style={{ left: `${scale.percent(comes)}%` }}
      aria-label={`${name} comes later by days`}
      aria-valuemin={0}
      aria-valuemax={MOST_DAYS}
      aria-valuenow={days}
      aria-valuetext={`${days} days later, ${momentText(new Date(comes).toISOString(), 'day')}`}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        grabbed.current = { x: event.clientX, days, now: days }
      }}
      onPointerMove={(event) => {
        const from = grabbed.current
        if (!from) return
        const next = daysAt(event, from)
        if (next === from.now) return
        from.now = next
        onDrag(next)
      }}
      onPointerUp={() => {
        const from = grabbed.current
        grabbed.current = undefined
        if (from && from.now !== from.days) onSettle(from.now)
      }}
    />
  )
}

const KEYS: Readonly<Record<string, number | 'back'>> = {
  ArrowRight: 1,
  ArrowUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageUp: MONTH_DAYS,
  PageDown: -MONTH_DAYS,
  Home: 'back',
}

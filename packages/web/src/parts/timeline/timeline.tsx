import type { ReactNode } from 'react'
import { type Tick, type TimeScale, ticksOf } from './time-scale.ts'
import classes from './timeline.module.css'

const NEAR_PERCENT = 5

interface TimelineProps {
  readonly label: string
  readonly scale: TimeScale
  /** The present, where it is to be drawn. */
  readonly now: number
  readonly children: ReactNode
}

/** Rows of something under one line of time; its rows are `TimelineRow`. */
export function Timeline({ label, scale, now, children }: TimelineProps) {
  // The word for the present goes before a year that would stand in its place.
  const isApart = ({ at }: Tick): boolean => Math.abs(scale.percent(at) - scale.percent(now)) > NEAR_PERCENT
  return (
    <div className={classes.frame}>
      <div className={classes.row} aria-hidden="true">
        <span />
        <div className={classes.axis}>
          {ticksOf(scale)
            .filter(isApart)
            .map(({ at, text }) => (
              <span key={at} className={classes.tick} style={{ left: `${scale.percent(at)}%` }}>
                {text}
              </span>
            ))}
          {now > scale.from && now < scale.until && (
            <span className={classes.nowText} style={{ left: `${scale.percent(now)}%` }}>
              now
            </span>
          )}
        </div>
        <span />
      </div>
      <ul className={classes.rows} aria-label={label}>
        {children}
      </ul>
    </div>
  )
}

interface TimelineRowProps {
  readonly scale: TimeScale
  readonly now: number
  readonly name: ReactNode
  /** What stands on the line. */
  readonly children?: ReactNode
  /** Said beside it, with what can be done. */
  readonly side?: ReactNode
  readonly isHead?: boolean
}

export function TimelineRow({ scale, now, name, children, side, isHead = false }: TimelineRowProps) {
  return (
    <li className={classes.row} data-head={isHead || undefined}>
      <div className={classes.label}>{name}</div>
      <div className={classes.track}>
        {ticksOf(scale).map(({ at }) => (
          <span key={at} className={classes.grid} style={{ left: `${scale.percent(at)}%` }} />
        ))}
        {now > scale.from && now < scale.until && (
          <span className={classes.now} style={{ left: `${scale.percent(now)}%` }} />
        )}
        {children}
      </div>
      <div className={classes.side}>{side}</div>
    </li>
  )
}

interface BarProps {
  readonly scale: TimeScale
  readonly start: number
  readonly until: number
  readonly tone: 'there' | 'coming' | 'late' | 'window' | 'quiet'
}

/** A stretch on a line of time. What it says is said in words beside it. */
export function TimelineBar({ scale, start, until, tone }: BarProps) {
  const left = scale.percent(start)
  return (
    <span
      className={classes.bar}
      data-tone={tone}
      style={{ left: `${left}%`, width: `${Math.max(0.3, scale.percent(until) - left)}%` }}
    />
  )
}

interface PointProps {
  readonly scale: TimeScale
  readonly at: number
  readonly tone: 'promised' | 'there' | 'late'
}

export function TimelinePoint({ scale, at, tone }: PointProps) {
  return <span className={classes.point} data-tone={tone} style={{ left: `${scale.percent(at)}%` }} />
}

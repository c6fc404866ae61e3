import { useElementSize } from '@mantine/hooks'
import { durationText } from '../../../parts/duration-text.ts'
import { momentText } from '../../../parts/moment.tsx'
import classes from './job-time-line.module.css'
import { endText, isInterruption } from './stay-text.ts'
import { type Bar, type TimeLine, ticksOf } from './time-line-layout.ts'

const ROW = 26
const BAR = 14
const AXIS = 22
const TICK_WIDTH = 110
const NARROWEST_BAR = 2

interface TimeLineChartProps {
  readonly line: TimeLine
  readonly label: string
}

/** Waits and stays over time, a row for each pool. */
export function TimeLineChart({ line, label }: TimeLineChartProps) {
  const { ref, width } = useElementSize()
  const names = width < 520 ? 0 : 240
  const height = line.rows.length * ROW * (names === 0 ? 1.7 : 1) + AXIS
  const drawing = {
    line,
    names,
    width: Math.max(0, width - names - 8),
    rowHeight: names === 0 ? ROW * 1.7 : ROW,
  }
  return (
    <div ref={ref} className={classes.frame}>
      <svg width={width} height={height} role="img" aria-label={label}>
        {width > 0 && (
          <>
            <Axis {...drawing} height={height} />
            {line.rows.map((row, index) => (
              <text
                key={row}
                className={classes.label}
                x={0}
                y={index * drawing.rowHeight + (names === 0 ? 12 : 17)}
              >
                {row}
              </text>
            ))}
            {line.bars.map((bar) => (
              <OneBar key={`${bar.row} ${bar.start} ${bar.end}`} bar={bar} {...drawing} />
            ))}
          </>
        )}
      </svg>
      <Legend line={line} />
    </div>
  )
}

interface Drawing {
  readonly line: TimeLine
  /** The room at the left for the names of the rows. */
  readonly names: number
  readonly width: number
  readonly rowHeight: number
}

function xOf(at: number, { line: { start, end }, names, width }: Drawing): number {
  return names + (end === start ? 0 : ((at - start) / (end - start)) * width)
}

function OneBar({ bar, ...drawing }: Drawing & { readonly bar: Bar }) {
  const { row, kind, start, end, lostFrom, stay } = bar
  const x = xOf(start, drawing)
  const until = Math.max(x + NARROWEST_BAR, xOf(end, drawing))
  const index = drawing.line.rows.indexOf(row)
  const y = index * drawing.rowHeight + (drawing.names === 0 ? 20 : (ROW - BAR) / 2)
  return (
    <g>
      <title>{titleOf(bar)}</title>
      <rect
        className={kind === 'ran' ? classes.ran : classes.waited}
        x={x}
        y={kind === 'ran' ? y : y + 4}
        width={until - x}
        height={kind === 'ran' ? BAR : BAR - 8}
        rx={2}
      />
      {lostFrom !== undefined && (
        <rect
          className={classes.lost}
          x={xOf(lostFrom, drawing)}
          y={y}
          width={Math.max(NARROWEST_BAR, until - xOf(lostFrom, drawing))}
          height={BAR}
        />
      )}
      {stay && isInterruption(stay.because) && (
        <line className={classes.stop} x1={until} x2={until} y1={y - 4} y2={y + BAR + 4} />
      )}
    </g>
  )
}

function titleOf({ row, kind, start, end, isOpen, stay }: Bar): string {
  const span = `${momentText(new Date(start).toISOString())} – ${isOpen ? 'now' : momentText(new Date(end).toISOString())}`
  const took = durationText(end - start)
  if (kind === 'waited') return `Waited ${took}: ${span}`
  return `Ran ${took} in ${row}: ${span}; ${endText(stay?.because ?? null)}`
}

function Axis({ height, ...drawing }: Drawing & { readonly height: number }) {
  const { start, end } = drawing.line
  const format = tickFormat(end - start)
  return ticksOf(start, end, Math.max(1, drawing.width / TICK_WIDTH)).map((at) => {
    const x = xOf(at, drawing)
    return (
      <g key={at}>
        <line className={classes.rule} x1={x} x2={x} y1={0} y2={height - AXIS} />
        <text className={classes.tick} x={Math.min(x, drawing.names + drawing.width - 40)} y={height - 6}>
          {format.format(at)}
        </text>
      </g>
    )
  })
}

const HOUR_MS = 3_600_000

function tickFormat(spanMs: number): Intl.DateTimeFormat {
  if (spanMs < HOUR_MS / 6) return new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })
  if (spanMs < 20 * HOUR_MS) return new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })
  if (spanMs < 100 * HOUR_MS)
    return new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: '2-digit', minute: '2-digit' })
  return new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
}

function Legend({ line: { bars } }: Pick<Drawing, 'line'>) {
  const marks = [
    [bars.some(({ kind }) => kind === 'waited'), classes.waited, 'waits'],
    [bars.some(({ kind }) => kind === 'ran'), classes.ran, 'runs'],
    [bars.some(({ lostFrom }) => lostFrom !== undefined), classes.lost, 'work that was lost'],
    [bars.some(({ stay }) => stay && isInterruption(stay.because)), classes.stop, 'had to stop'],
  ] as const
  return (
    <ul className={classes.legend}>
      {marks.map(([isThere, look, says]) =>
        isThere ? (
          <li key={says}>
            <svg width={14} height={12} aria-hidden="true">
              {look === classes.stop ? (
                <line className={look} x1={7} x2={7} y1={0} y2={12} />
              ) : (
                <rect className={look} x={1} y={2} width={12} height={8} rx={2} />
              )}
            </svg>
            {says}
          </li>
        ) : null,
      )}
    </ul>
  )
}

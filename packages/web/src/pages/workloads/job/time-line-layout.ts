import type { StayView } from '@offtake/contract/api/stay'

/** A stretch of the time line on one of its rows. */
export interface Bar {
  readonly row: string
  readonly kind: 'ran' | 'waited'
  /** Milliseconds. */
  readonly start: number
  readonly end: number
  /** From when on what it did was lost. */
  readonly lostFrom?: number
  readonly stay?: StayView
  /** How it goes on to be drawn: it is not over yet. */
  readonly isOpen: boolean
}

export interface TimeLine {
  readonly start: number
  readonly end: number
  /** What each row is called, from the top. */
  readonly rows: readonly string[]
  readonly bars: readonly Bar[]
}

const WAITING = 'Waiting'

interface Life {
  readonly submittedAt: string
  readonly endedAt: string | null
  readonly state: string
}

/** Where a job was when: a row for what it waited, and one for each pool it ran in. */
export function timeLineOf(life: Life, stays: readonly StayView[], now: number): TimeLine {
  const start = Date.parse(life.submittedAt)
  const isAlive = life.state === 'waiting' || life.state === 'running'
  const end = Math.max(start, life.endedAt === null ? now : Date.parse(life.endedAt))
  const ran = stays.flatMap((stay) => barsOf(stay, end))
  const waits = waitsBetween(start, end, stays, isAlive && life.state === 'waiting')
  const pools = [...new Set(ran.map(({ row }) => row))]
  return { start, end, rows: waits.length > 0 ? [WAITING, ...pools] : pools, bars: [...waits, ...ran] }
}

function barsOf(stay: StayView, end: number): Bar[] {
  const start = Date.parse(stay.start)
  const until = stay.end === null ? end : Date.parse(stay.end)
  const bar = {
    kind: 'ran' as const,
    start,
    end: Math.max(start, until),
    isOpen: stay.end === null,
    stay,
    ...(stay.lostSeconds > 0 ? { lostFrom: Math.max(start, until - stay.lostSeconds * 1_000) } : {}),
  }
  return [...new Set(stay.places.map(({ pool }) => pool))].map((row) => ({ ...bar, row }))
}

/** What lies between its stays, and before the first and after the last. */
function waitsBetween(start: number, end: number, stays: readonly StayView[], waitsNow: boolean): Bar[] {
  const waits: Bar[] = []
  let free = start
  for (const stay of stays) {
    const began = Date.parse(stay.start)
    if (began > free) waits.push(wait(free, began))
    free = Math.max(free, stay.end === null ? end : Date.parse(stay.end))
  }
  if (end > free) waits.push({ ...wait(free, end), isOpen: waitsNow })
  return waits
}

function wait(start: number, end: number): Bar {
  return { row: WAITING, kind: 'waited', start, end, isOpen: false }
}

const STEPS_MS = [
  1, 5, 15, 30, 60, 300, 900, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 2_592_000,
  7_776_000, 31_536_000,
].map((seconds) => seconds * 1_000)

/** Moments at which the axis is marked, as many as there is room for. */
export function ticksOf(start: number, end: number, most: number): readonly number[] {
  const span = end - start
  const step = STEPS_MS.find((ms) => span / ms <= most) ?? span
  if (step <= 0) return [start]
  const ticks: number[] = []
  // From a whole step of the reader's own day on.
  const shift = new Date(start).getTimezoneOffset() * 60_000
  for (let at = Math.ceil((start - shift) / step) * step + shift; at <= end; at += step) ticks.push(at)
  return ticks
}

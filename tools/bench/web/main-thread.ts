/** What a trace of Chromium says of one moment or stretch; times are microseconds. */
export interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  readonly dur?: number
  readonly args?: { readonly name?: string }
}

/** What tasks of a thread, frames and marks are recorded by. */
export const CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'blink.user_timing',
  'toplevel',
]

/** A frame of the page: how long its thread worked from the beginning of the frame to that of the next, and how long that took. */
export interface TracedFrame {
  readonly workMs: number
  readonly intervalMs: number
}

/** The frames between two marks, by the tasks of the thread that ran the marked page. */
export function framesBetween(events: readonly TraceEvent[], from: string, until: string): TracedFrame[] {
  const [start, end] = [markOf(events, from), markOf(events, until)]
  const own = events.filter(({ pid, tid }) => pid === start.pid && tid === start.tid)
  const begins = own
    .filter(({ name, ts }) => name === 'FireAnimationFrame' && ts >= start.ts && ts <= end.ts)
    .map(({ ts }) => ts)
    .sort((a, b) => a - b)
    // Several callbacks of one frame follow one another at once.
    .filter((ts, n, all) => n === 0 || ts - (all[n - 1] ?? 0) > SAME_FRAME_US)
  const tasks = own.filter(({ name, ph }) => name === 'RunTask' && ph === 'X').sort((a, b) => a.ts - b.ts)
  // The task in which a frame begins belongs to that frame, from its beginning on.
  const starts = begins.map(
    (ts) => tasks.findLast((task) => task.ts <= ts && ts <= task.ts + (task.dur ?? 0))?.ts ?? ts,
  )
  return starts.slice(0, -1).map((begin, n) => {
    const next = starts[n + 1] ?? begin
    const work = tasks.filter(({ ts }) => ts >= begin && ts < next).reduce((sum, { dur = 0 }) => sum + dur, 0)
    return { workMs: work / 1_000, intervalMs: (next - begin) / 1_000 }
  })
}

const SAME_FRAME_US = 1_500

function markOf(events: readonly TraceEvent[], mark: string): TraceEvent {
  const found = events.find(({ name }) => name === mark)
  if (!found) throw new Error(`the trace has no mark ${mark}`)
  return found
}

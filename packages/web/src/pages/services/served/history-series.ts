import type { ServiceHistory } from '@offtake/contract/api/service'
import type { TimeSeries } from '../../../parts/chart/time-chart.tsx'

type Steps = ServiceHistory['wanted']

/** What was wanted and what ran, as two lines; what is wanted goes on after the present. */
export function historySeries({ wanted, running, until }: ServiceHistory, now: number): TimeSeries[] {
  const end = Date.parse(until)
  return [
    { name: 'replicas that ran', points: held(running, Math.min(now, end)), isStep: true, isFilled: true },
    { name: 'replicas wanted', points: held(wanted, end), isStep: true, isDashed: true, color: 3 },
  ]
}

/** A step lasts until the next one; the last up to an end. */
function held(steps: Steps, end: number): [number, number][] {
  const points = steps.map(({ at, replicas }): [number, number] => [Date.parse(at), replicas])
  const last = points.at(-1)
  return last && last[0] < end ? [...points, [end, last[1]]] : points
}

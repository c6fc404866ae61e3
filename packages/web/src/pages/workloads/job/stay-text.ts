import type { StayView } from '@offtake/contract/api/stay'

type Because = NonNullable<StayView['because']>

const ENDS: Readonly<Record<Because, string>> = {
  finished: 'finished',
  failed: 'failed',
  cancelled: 'cancelled',
  resized: 'changed its size',
  moved: 'moved',
  reclaimed: 'reclaimed by its owner',
  preempted: 'stopped for others',
  nodeFailed: 'a node failed',
  nodesRemoved: 'its nodes were removed',
  outage: 'its part of the fleet went out of service',
  drained: 'its nodes were drained',
  forWindow: 'a booked window opened',
  spotLost: 'spot capacity was taken back',
}

/** Why a stay ended. */
export function endText(because: StayView['because']): string {
  return because === null ? 'runs on' : ENDS[because]
}

/** Whether it had to stop, and did not end as it was meant to. */
export function isInterruption(because: StayView['because']): boolean {
  return because !== null && !['finished', 'cancelled', 'resized', 'moved'].includes(because)
}

/** Nodes 0–3, 8 in words. */
export function rangesText(ranges: StayView['places'][number]['nodes']): string {
  return ranges
    .map(({ first, count }) => (count === 1 ? `${first}` : `${first}–${first + count - 1}`))
    .join(', ')
}

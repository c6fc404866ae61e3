import { explainJob } from '@offtake/contract/api/job-routes'
import { queryOptions } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { call } from '../../api/call.ts'
import { GentleQueue } from './gentle-queue.ts'

/** To explain, the server tries changes on copies of its whole state: so it is asked seldom, and for one job at a time. */
const GOOD_FOR_MS = 120_000

/** How long an answer is kept for whoever comes back. */
const KEPT_FOR_MS = 15 * 60_000

/** What takes longer than this keeps others waiting: on large fleets nobody is explained who was not asked for. */
const COSTLY_MS = 300

const queue = new GentleQueue(
  () => performance.now(),
  (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
)

let tookMs = 0
const watchers = new Set<() => void>()

function isCostly(): boolean {
  return tookMs > COSTLY_MS
}

/** Whether explanations keep the server busy, by how long the last one took. */
export function useIsCostly(): boolean {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher)
    return () => watchers.delete(watcher)
  }, isCostly)
}

/** Of what is only seen, as explanations turned out to be costly. */
class NotAsked extends Error {
  constructor() {
    super('not asked for')
  }
}

/** Why a job waits, which is seen in passing or asked for. No event makes it be asked anew, only time or a change of the job itself. */
export function explaining(id: string, interest: 'seen' | 'asked' = 'asked') {
  return queryOptions({
    queryKey: [EXPLANATIONS, id] as const,
    queryFn: ({ signal }) =>
      queue.run(async () => {
        if (interest === 'seen' && isCostly()) throw new NotAsked()
        const start = performance.now()
        const { value } = await call(explainJob, { params: { id } })
        tookMs = performance.now() - start
        for (const watcher of watchers) watcher()
        return value
      }, signal),
    retry: interest === 'asked' ? 3 : false,
    staleTime: GOOD_FOR_MS,
    gcTime: KEPT_FOR_MS,
    refetchOnWindowFocus: false,
  })
}

/** How often what is looked at may be asked anew: the longer it takes, the more rarely. */
export function explainedAgainMs(): number {
  return Math.max(30_000, 60 * tookMs)
}

/** A name that no event knows. */
const EXPLANATIONS = 'explanations'

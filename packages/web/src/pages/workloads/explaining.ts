import { explainJob } from '@offtake/contract/api/job-routes'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { GentleQueue } from './gentle-queue.ts'

/** To explain, the server tries changes on copies of its whole state: so it is asked seldom, and for one job at a time. */
const GOOD_FOR_MS = 120_000

/** How long an answer is kept for whoever comes back. */
const KEPT_FOR_MS = 15 * 60_000

const queue = new GentleQueue(
  () => performance.now(),
  (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
)

/** Why a job waits; no event makes it be asked anew, only time or a change of the job itself. */
export function explaining(id: string) {
  return queryOptions({
    queryKey: [explainJob.id, id] as const,
    queryFn: ({ signal }) =>
      queue.run(async () => (await call(explainJob, { params: { id } })).value, signal),
    staleTime: GOOD_FOR_MS,
    gcTime: KEPT_FOR_MS,
    refetchOnWindowFocus: false,
  })
}

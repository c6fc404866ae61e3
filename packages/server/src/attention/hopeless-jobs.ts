import { cancelJob, listJobs } from '@offtake/contract/api/job-routes'
import { formatCount } from '@offtake/contract/text/format-number'
import type { AllocationState } from '@offtake/core/allocation/allocation-state'
import { couldHold } from '@offtake/core/allocation/could-hold'
import type { GangState } from '@offtake/core/allocation/gang-state'
import type { Finder } from './finder.ts'

/** Jobs that wait for room which no pool that they accept would have, even if nothing ran: machines have gone since they were submitted. */
export const HOPELESS_JOBS: Finder = {
  shown: listJobs,
  settled: cancelJob,
  find: ({ state }) => {
    const hopeless = [...state.queue].filter((gang) => !isHopeful(gang, state))
    const [first] = hopeless
    if (!first) return []
    const more = hopeless.length > 1 ? ` and ${formatCount(hopeless.length - 1)} more wait` : ' waits'
    return [
      {
        id: 'jobsNeverFit',
        kind: 'jobsNeverFit',
        severity: 'soon',
        text: `${first.gang.id}${more} for room that no pool would have if nothing ran`,
        subject: { job: first.gang.id },
        count: hopeless.length,
      },
    ]
  },
}

function isHopeful({ shape }: GangState, { pools }: AllocationState): boolean {
  return shape.anchors.some((number) => {
    const pool = pools[number]
    return pool !== undefined && couldHold(shape, pool, pools)
  })
}

import type { Hardware } from '@offtake/core/base/hardware'
import { instant, WEEK_MS } from '@offtake/core/base/instant'
import { prng } from '@offtake/core/base/prng'
import { drawJobs } from '@offtake/core/demand/draw-jobs'
import { ANYWHERE, acceleratorsOf } from '@offtake/core/demand/gang'
import type { Job } from '@offtake/core/demand/job'
import type { WorkloadProfile } from '@offtake/core/demand/workload'
import type { Arrival } from './compare.ts'

/** How much to draw. */
export interface Amount {
  readonly jobsPerDay: number
  readonly weeks: number
  readonly seed: number
}

const NODE: Hardware = {
  id: 'any',
  name: 'a node of eight',
  shape: { acceleratorsPerNode: 8, nodesPerDomain: 1 },
  confidence: 'L',
  source: 'stands in for the hardware of a trace, which is not compared',
}

/** Draws by a profile, from the first Monday of 2018 on. */
export function drawArrivals(profile: WorkloadProfile, { jobsPerDay, weeks, seed }: Amount): Arrival[] {
  const start = Date.UTC(2018, 0, 1)
  const workload = {
    id: profile.id,
    tenant: 'anyone',
    priority: 0,
    profile,
    jobsPerDay,
    sizeScale: 1,
    growthPerYear: 0,
    accepts: [{ hardware: NODE.id, speed: 1 }],
    within: ANYWHERE,
    restartMs: 0,
    reclaimable: true,
    statesLimit: false,
  }
  const window = { start: instant(start), until: instant(start + weeks * WEEK_MS) }
  return arrivalsOf(drawJobs(workload, window, { prng: prng(seed), hardware: [NODE] }))
}

export function arrivalsOf(jobs: readonly Job[]): Arrival[] {
  return jobs.map(({ gang, submitted, workMs }) => ({
    at: submitted,
    accelerators: acceleratorsOf(gang),
    seconds: workMs / 1000,
  }))
}

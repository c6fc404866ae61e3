import { SECOND_MS } from '@offtake/core/base/instant'
import { failed, ok } from '@offtake/core/base/result'
import { ANYWHERE, type Role } from '@offtake/core/demand/gang'
import type { Job } from '@offtake/core/demand/job'
import { elapsed, type Read, size, wholeNumber, workOf } from './row-values.ts'
import type { Row, TableFormat } from './table-rows.ts'
import { acceptsAll, type TraceFleet } from './trace-fleet.ts'

/**
 * The traces of Muri (SIGCOMM 2022). Times are milliseconds from the start of the trace. The work of a job is
 * iterations × iteration_time, its name that of the model and the size of its batches; the column `duration` is another figure and is not read, nor is `priority`, which only
 * sorts jobs into guaranteed and opportunistic ones for one of the paper's baselines.
 */
export const MURI_COLUMNS: TableFormat = {
  required: ['job_id', 'num_gpu', 'submit_time', 'iterations', 'iteration_time'],
  quoted: false,
}

const GPUS_PER_NODE = 8
const RESTART_MS = 30 * SECOND_MS
/** Jobs of the paper save their state when they are evicted: nothing but the restart is lost. */
const CHECKPOINT_MS = 1

export function muriJobs(fleet: TraceFleet): (row: Row, line: number) => Read<Job> {
  const rolesOf = rolesOn(fleet)
  return (row) => {
    const id = row('job_id')
    if (id === '') return failed({ because: 'malformed', field: 'job_id' })
    const submitted = elapsed(row('submit_time'), 'submit_time', 1)
    if (!submitted.ok) return submitted
    const iterations = wholeNumber(row('iterations'), 'iterations', { from: 0, to: Number.MAX_SAFE_INTEGER })
    if (!iterations.ok) return iterations
    const perIteration = wholeNumber(row('iteration_time'), 'iteration_time', {
      from: 0,
      to: Number.MAX_SAFE_INTEGER,
    })
    if (!perIteration.ok) return perIteration
    const workMs = workOf(iterations.value * perIteration.value, 'iterations')
    if (!workMs.ok) return workMs
    const accelerators = size(row('num_gpu'), 'num_gpu')
    if (!accelerators.ok) return accelerators
    const gang = {
      id: `muri-${id}`,
      tenant: 'muri',
      name: `${row('model_name')} ${row('batch_size')}`,
      priority: 0,
      roles: rolesOf(accelerators.value),
      checkpointMs: CHECKPOINT_MS,
      restartMs: RESTART_MS,
      reclaimable: true,
    }
    return ok({ gang, submitted: submitted.value, workMs: workMs.value })
  }
}

/** Gangs of a node or more take whole nodes; smaller ones sit on one node. */
function rolesOn(fleet: TraceFleet): (accelerators: number) => readonly Role[] {
  const accepts = acceptsAll(fleet)
  const known = new Map<number, readonly Role[]>()
  return (accelerators) => {
    const roles = known.get(accelerators) ?? [
      {
        name: 'worker',
        members: Math.ceil(accelerators / GPUS_PER_NODE),
        acceleratorsPerMember: Math.min(accelerators, GPUS_PER_NODE),
        cpuCoresPerMember: 0,
        accepts,
        within: ANYWHERE,
      },
    ]
    known.set(accelerators, roles)
    return roles
  }
}

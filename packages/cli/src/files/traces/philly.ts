import { SECOND_MS } from '@offtake/core/base/instant'
import { ok } from '@offtake/core/base/result'
import type { Role, TopologyNeed } from '@offtake/core/demand/gang'
import type { Job } from '@offtake/core/demand/job'
import { moment, type Read, size, workTime } from './row-values.ts'
import type { Row, TableFormat } from './table-rows.ts'
import { acceptsAll, type TraceFleet } from './trace-fleet.ts'

/**
 * The Microsoft Philly trace in its packed form, one training job a row. Its times are local and name no zone: they are
 * taken as UTC. Seconds of work; the virtual cluster is the tenant.
 */
export const PHILLY_COLUMNS: TableFormat = {
  required: ['timestamp', 'duration', 'num_gpus', 'cluster'],
  quoted: false,
}

/** Gangs may span nodes, and sit close together where they can. */
const CLOSE_IF_POSSIBLE: TopologyNeed = { level: 'domain', required: false }

export function phillyJobs(fleet: TraceFleet): (row: Row, line: number) => Read<Job> {
  const accepts = acceptsAll(fleet)
  const known = new Map<number, readonly Role[]>()
  const rolesOf = (members: number): readonly Role[] => {
    const roles = known.get(members) ?? [
      {
        name: 'worker',
        members,
        acceleratorsPerMember: 1,
        cpuCoresPerMember: 0,
        accepts,
        within: CLOSE_IF_POSSIBLE,
      },
    ]
    known.set(members, roles)
    return roles
  }
  return (row, line) => {
    const submitted = moment(row('timestamp'), 'timestamp')
    if (!submitted.ok) return submitted
    const workMs = workTime(row('duration'), 'duration', SECOND_MS)
    if (!workMs.ok) return workMs
    const members = size(row('num_gpus'), 'num_gpus')
    if (!members.ok) return members
    const gang = {
      id: `philly-${line}`,
      tenant: row('cluster') || 'unnamed',
      priority: 0,
      roles: rolesOf(members.value),
      restartMs: 0,
      reclaimable: true,
    }
    return ok({ gang, submitted: submitted.value, workMs: workMs.value })
  }
}

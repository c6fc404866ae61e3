import type { Elastic, RoleSize } from './elastic.ts'
import type { Role } from './gang.ts'
import { type GangLayout, gangLayout, scaledSize } from './gang-layout.ts'
import type { ElasticWorkers, FurtherRole, Workload } from './workload.ts'

/** The name of the role that a workload's sizes are about. */
export const WORKERS = 'worker'

/** Sizes between the smallest and the largest that are told apart. */
const SIZES_MOST = 64

/** The roles of a gang for which the profile drew so many accelerators, on nodes of so many. */
export function workloadRoles(
  workload: Omit<Workload, 'profile'>,
  accelerators: number,
  node: number,
): readonly Role[] {
  const { sizeScale, accepts, within, elastic, roles = [] } = workload
  const layout = gangLayout(scaledSize(accelerators, sizeScale, node), node)
  const sizes = elastic ? elasticSizes(elastic, layout.members) : []
  const workers: Role = {
    name: WORKERS,
    ...memberOf(workload, layout),
    ...(elastic && sizes.length > 1 ? { elastic: elasticOf(elastic, sizes) } : {}),
    accepts,
    within,
  }
  return [workers, ...roles.map((role) => furtherRole(role, layout.members))]
}

function elasticOf({ restarts, settleMs }: ElasticWorkers, sizes: readonly RoleSize[]): Elastic {
  return { sizes, restarts, settleMs }
}

/** Whole workers, at even steps where there are many, with the smallest, the drawn and the largest number among them. */
function elasticSizes({ smallest, largest, scaling }: ElasticWorkers, drawn: number): RoleSize[] {
  const least = Math.max(1, Math.ceil(drawn * smallest))
  const most = Math.floor(drawn * largest)
  const step = Math.ceil((most - least + 1) / SIZES_MOST)
  const members = new Set([least, drawn, most])
  for (let size = least; size <= most; size += step) members.add(size)
  return [...members]
    .sort((a, b) => a - b)
    .map((size) => ({ members: size, speed: (size / drawn) ** scaling }))
}

function furtherRole({ members, ...role }: FurtherRole, workers: number): Role {
  const count = 'inAll' in members ? members.inAll : Math.ceil(members.perWorker * workers)
  return { ...role, members: count }
}

/** A share brings as much less of cores and memory as it is less than an accelerator, rounded up. */
function memberOf(
  {
    acceleratorMilliPerMember: milli,
    cpuCoresPerAccelerator = 0,
    memoryMiBPerAccelerator,
  }: Omit<Workload, 'profile'>,
  { members, acceleratorsPerMember }: GangLayout,
): Pick<
  Role,
  | 'members'
  | 'acceleratorsPerMember'
  | 'acceleratorMilliPerMember'
  | 'cpuCoresPerMember'
  | 'memoryMiBPerMember'
> {
  const share = members * acceleratorsPerMember === 1 ? milli : undefined
  const accelerators = share === undefined ? acceleratorsPerMember : share / 1000
  return {
    members,
    acceleratorsPerMember: share === undefined ? acceleratorsPerMember : 0,
    ...(share === undefined ? {} : { acceleratorMilliPerMember: share }),
    cpuCoresPerMember: Math.ceil(Math.round(1e6 * cpuCoresPerAccelerator * accelerators) / 1000) / 1000,
    ...(memoryMiBPerAccelerator === undefined
      ? {}
      : { memoryMiBPerMember: Math.ceil(memoryMiBPerAccelerator * accelerators) }),
  }
}

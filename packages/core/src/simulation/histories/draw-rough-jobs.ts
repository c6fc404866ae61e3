import type { Prng } from '../../base/prng.ts'
import type { RoleSize } from '../../demand/elastic.ts'
import type { AcceptedHardware, Gang, Role, TopologyNeed } from '../../demand/gang.ts'
import type { Job } from '../../demand/job.ts'
import type { Service } from '../../demand/service.ts'
import type { Tenant } from '../../demand/tenant.ts'
import { drawSpending } from './draw-terms.ts'
import { moment, pick, TICK_MS, type Wildness } from './wildness.ts'

/** Jobs of all kinds, in order of submission, many of them alike and many at the same moment. */
export function drawRoughJobs(chance: Prng, wildness: Wildness, tenants: readonly Tenant[]): Job[] {
  const elastic = chance.fork('elastic')
  const growing = elastic.below(3) === 0
  const moving = chance.fork('moving')
  const kinds = Array.from({ length: 1 + chance.below(8) }, () => {
    const roles = drawRoles(chance, wildness)
    return growing ? madeElastic(elastic, roles) : roles
  })
  const arrivals = Array.from({ length: wildness.jobs }, () => chance.below(wildness.arrivalTicks))
  return arrivals
    .sort((a, b) => a - b)
    .map((tick, n) => {
      const tenant = whoseTurn(chance, n, tenants)
      const roles = pick(chance, kinds)
      const priority = chance.below(wildness.priorities)
      const job = madeMovable(moving, drawJob(chance, { id: `j${n}`, tenant, roles, priority }, tick))
      if (wildness.isCalm) return calmed(job)
      return { ...job, gang: { ...job.gang, ...drawSpending(chance.fork(`spending ${n}`)) } }
    })
}

function calmed({ gang, ...job }: Job): Job {
  const { spread: _, ...free } = gang
  return { ...job, gang: { ...free, limitMs: job.workMs } }
}

/** Mostly one tenant after the other, so that the first finds everything idle and borrows it. */
function whoseTurn(chance: Prng, job: number, tenants: readonly Tenant[]): string {
  const tenant = chance.below(3) > 0 ? tenants[Math.floor(job / 10) % tenants.length] : undefined
  if (tenants.length === 0) return 't'
  return (tenant ?? pick(chance, tenants)).id
}

function drawJob(chance: Prng, named: Pick<Gang, 'id' | 'tenant' | 'roles' | 'priority'>, tick: number): Job {
  const workMs = (1 + chance.below(pick(chance, [3, 30, 60]))) * TICK_MS
  const mustSave = named.roles.some(({ elastic }) => elastic?.restarts)
  const saves = chance.below(2) === 0 || mustSave
  const checkpoint = saves ? { checkpointMs: (1 + chance.below(8)) * TICK_MS } : {}
  const gang: Gang = {
    ...named,
    ...drawLimit(chance, workMs),
    ...(tick % 3 === 0 ? {} : { name: `kind ${tick % 3}` }),
    ...checkpoint,
    restartMs: pick(chance, [0, 0, TICK_MS, 2.5 * TICK_MS]),
    reclaimable: chance.below(5) > 0,
  }
  return {
    gang: { ...gang, ...drawSpread(chance.fork(`spread ${gang.id}`)) },
    submitted: moment(tick),
    workMs,
  }
}

/** Now and then it is to sit apart from others of its group. */
function drawSpread(chance: Prng): Pick<Gang, 'spread'> {
  if (chance.below(6) > 0) return {}
  const over = pick(chance, ['provider', 'region', 'pool', 'domain', 'domain'] as const)
  const limit =
    chance.below(3) === 0 ? { distinct: 1 + chance.below(3) } : { atMost: pick(chance, [0.2, 0.5, 1]) }
  return { spread: { group: pick(chance, ['g', 'h']), over, ...limit } }
}

function madeMovable(chance: Prng, job: Job): Job {
  const movable = pick(chance, ['pool', 'provider', 'any', undefined] as const)
  return movable === undefined ? job : { ...job, gang: { ...job.gang, movable } }
}

/** Mostly exact; else it ends early, is passed, or is not stated. */
function drawLimit(chance: Prng, workMs: number): { limitMs?: number } {
  const limits = [workMs, workMs, workMs * 2, Math.ceil(workMs / 2), undefined]
  const limitMs = pick(chance, limits)
  return limitMs === undefined ? {} : { limitMs }
}

/** Services whose replicas come and go, and are all gone in the end. */
export function drawServices(chance: Prng, wildness: Wildness, tenants: readonly Tenant[]): Service[] {
  return Array.from({ length: wildness.services }, (_, n) => ({
    id: `s${n}`,
    tenant: tenants.length > 0 ? pick(chance, tenants).id : 't',
    priority: chance.below(wildness.priorities + 1),
    replica: {
      members: 1 + chance.below(3),
      acceleratorsPerMember: pick(chance, [1, 1, 2, 4]),
      accepts: drawAccepted(chance),
      within: drawNeed(chance),
      warmUpMs: chance.below(3) * TICK_MS,
      drainMs: chance.below(4) * TICK_MS,
    },
    demand: {
      kind: 'steps',
      steps: Array.from({ length: 1 + chance.below(8) }, () => ({
        at: moment(chance.below(wildness.ticks)),
        replicas: chance.below(5),
      })),
    },
  }))
}

function drawRoles(chance: Prng, { isCalm, cpuCores }: Wildness): Role[] {
  if (isCalm && chance.below(3) > 0) return [drawCounted(chance)]
  const names = ['trainer', 'rollout', 'sandbox'].slice(0, pick(chance, [1, 1, 1, 1, 1, 2, 3]))
  return names.map((name, r) => {
    const isCpuOnly = cpuCores > 0 && (r === 2 || chance.below(12) === 0)
    return {
      name,
      members: 1 + chance.below(pick(chance, [2, 4, 12])),
      acceleratorsPerMember: isCpuOnly ? 0 : pick(chance, [1, 1, 1, 2, 2, 4]),
      cpuCoresPerMember: isCpuOnly ? 1 + chance.below(4) : chance.below(2),
      accepts: drawAccepted(chance),
      within: drawNeed(chance),
    }
  })
}

/** Sits anywhere, one accelerator a member, so that what is spare beside it is known. */
function drawCounted(chance: Prng): Role {
  return {
    name: 'trainer',
    members: 1 + chance.below(12),
    acceleratorsPerMember: 1,
    cpuCoresPerMember: 0,
    accepts: drawAccepted(chance),
    within: { level: 'pool', required: true },
  }
}

/** Often one of the roles may run at several sizes: faster when larger, by as much or less than it grows. */
function madeElastic(chance: Prng, roles: readonly Role[]): Role[] {
  const at = chance.below(4) === 0 ? -1 : chance.below(roles.length)
  return roles.map((role, r) => {
    if (r !== at || role.acceleratorsPerMember === 0) return role
    const least = 1 + chance.below(role.members)
    const step = 1 + chance.below(3)
    const sizes: RoleSize[] = []
    let speed = least / role.members
    for (let n = 0; n < 1 + chance.below(6); n++) {
      sizes.push({ members: least + n * step, speed })
      speed *= 1 + chance.below(4) / pick(chance, [3, 5, 10])
    }
    const settleMs = pick(chance, [0, 1, 5, 10]) * TICK_MS
    return { ...role, elastic: { sizes, restarts: chance.below(3) === 0, settleMs } }
  })
}

function drawAccepted(chance: Prng): AcceptedHardware[] {
  const accepted = chance.below(2) === 0 ? ['fast', 'slow'] : [pick(chance, ['fast', 'slow'])]
  return accepted.map((hardware) => ({ hardware, speed: hardware === 'fast' ? 2 : 1 }))
}

function drawNeed(chance: Prng): TopologyNeed {
  const level = pick(chance, ['node', 'domain', 'block', 'pool', 'pool'] as const)
  return { level, required: chance.below(2) === 0 }
}

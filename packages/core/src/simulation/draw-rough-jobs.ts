import type { Prng } from '../base/prng.ts'
import type { Gang, Role, TopologyNeed } from '../demand/gang.ts'
import type { Job } from '../demand/job.ts'
import type { Tenant } from '../demand/tenant.ts'
import { moment, pick, TICK_MS, type Wildness } from './wildness.ts'

/** Jobs of all kinds, in order of submission, many of them alike and many at the same moment. */
export function drawRoughJobs(chance: Prng, wildness: Wildness, tenants: readonly Tenant[]): Job[] {
  const kinds = Array.from({ length: 1 + chance.below(8) }, () => drawRoles(chance, wildness))
  const arrivals = Array.from({ length: wildness.jobs }, () => chance.below(wildness.ticks))
  return arrivals
    .sort((a, b) => a - b)
    .map((tick, n) => {
      const tenant = tenants.length > 0 ? pick(chance, tenants).id : 't'
      const roles = pick(chance, kinds)
      return drawJob(
        chance,
        { id: `j${n}`, tenant, roles, priority: chance.below(wildness.priorities) },
        tick,
      )
    })
}

function drawJob(chance: Prng, named: Pick<Gang, 'id' | 'tenant' | 'roles' | 'priority'>, tick: number): Job {
  const workMs = (1 + chance.below(30)) * TICK_MS
  const checkpoint = chance.below(2) === 0 ? { checkpointMs: (1 + chance.below(8)) * TICK_MS } : {}
  const gang: Gang = {
    ...named,
    ...drawLimit(chance, workMs),
    ...checkpoint,
    restartMs: pick(chance, [0, 0, TICK_MS, 2.5 * TICK_MS]),
    reclaimable: chance.below(5) > 0,
  }
  return { gang, submitted: moment(tick), workMs }
}

/** Mostly exact; else it ends early, is passed, or is not stated. */
function drawLimit(chance: Prng, workMs: number): { limitMs?: number } {
  const limits = [workMs, workMs, workMs * 2, Math.ceil(workMs / 2), undefined]
  const limitMs = pick(chance, limits)
  return limitMs === undefined ? {} : { limitMs }
}

function drawRoles(chance: Prng, { cpuCores }: Wildness): Role[] {
  const names = ['trainer', 'rollout', 'sandbox'].slice(0, pick(chance, [1, 1, 1, 1, 1, 2, 3]))
  return names.map((name, r) => {
    const isCpuOnly = cpuCores > 0 && (r === 2 || chance.below(12) === 0)
    const accepts = chance.below(2) === 0 ? ['fast', 'slow'] : [pick(chance, ['fast', 'slow'])]
    return {
      name,
      members: 1 + chance.below(pick(chance, [2, 4, 12])),
      acceleratorsPerMember: isCpuOnly ? 0 : pick(chance, [1, 1, 1, 2, 2, 4]),
      cpuCoresPerMember: isCpuOnly ? 1 + chance.below(4) : chance.below(2),
      accepts: accepts.map((hardware) => ({ hardware, speed: hardware === 'fast' ? 2 : 1 })),
      within: drawNeed(chance),
    }
  })
}

function drawNeed(chance: Prng): TopologyNeed {
  const level = pick(chance, ['node', 'domain', 'block', 'pool', 'pool'] as const)
  return { level, required: chance.below(2) === 0 }
}

import { BACKFILL } from '../../allocation/policies/backfill.ts'
import { BALANCED } from '../../allocation/policies/balanced.ts'
import { CONSERVATIVE } from '../../allocation/policies/conservative.ts'
import { FIFO } from '../../allocation/policies/fifo.ts'
import { LAS_2D } from '../../allocation/policies/las-2d.ts'
import type { QueuePolicy } from '../../allocation/policies/queue-policy.ts'
import { QUICKEST } from '../../allocation/policies/quickest.ts'
import { SRSF } from '../../allocation/policies/srsf.ts'
import { SRTF } from '../../allocation/policies/srtf.ts'
import { type Prng, prng } from '../../base/prng.ts'
import { type Pool, poolOf } from '../../capacity/pool.ts'
import { type NodeGroup, nodesIn } from '../../capacity/topology.ts'
import type { Job } from '../../demand/job.ts'
import type { OrderRules, Tenant } from '../../demand/tenant.ts'
import { replicaCommands } from '../replicas.ts'
import type { SimulationInput, TimedCommand } from '../simulator.ts'
import { drawOutages } from './draw-outages.ts'
import { drawRoughJobs, drawServices } from './draw-rough-jobs.ts'
import { withShares } from './draw-shares.ts'
import { drawTermCommands } from './draw-terms.ts'
import { drawDegrading, keptUp } from './draw-upkeep.ts'
import { drawWindows, nameWindows } from './draw-windows.ts'
import { drawWildness, moment, pick, TICK_MS, type Wildness } from './wildness.ts'

/** A promise is kept by backfilling alone; of the others every second history has one. */
const WILD_POLICIES = [
  BACKFILL,
  BACKFILL,
  BACKFILL,
  FIFO,
  CONSERVATIVE,
  SRTF,
  SRSF,
  LAS_2D,
  QUICKEST,
  BALANCED,
]

/** A short history with everything in it laid open, so that parts of it can be left out. */
export interface DrawnHistory extends SimulationInput {
  readonly commands: readonly TimedCommand[]
  readonly jobs: readonly Job[]
  /** Nothing happens in it that could delay what was promised. */
  readonly isCalm: boolean
}

/**
 * A history that tries to break the allocator: small pools of odd shapes, tenants with quotas, jobs of all kinds, services,
 * faults, cancellations, deliveries and removals, all from the seed.
 */
export function drawHistory(seed: string | number): DrawnHistory {
  const chance = prng(seed).fork('history')
  const wildness = drawWildness(chance.fork('wildness'))
  const pools = drawPools(chance.fork('pools')).map((pool) =>
    keptUp(chance.fork(`upkeep ${pool.id}`), pool, wildness),
  )
  const named = wildness.hasQuotas ? drawTenants(chance.fork('tenants'), pools) : []
  const { tenants, order } = drawTurns(chance.fork('turns'), named, wildness)
  const services = drawServices(chance.fork('services'), wildness, tenants)
  const windows = drawWindows(chance.fork('windows'), { pools, tenants }, wildness)
  const rough = drawRoughJobs(chance.fork('jobs'), wildness, tenants)
  const jobs = nameWindows(chance.fork('named windows'), rough, windows.length)
  const window = { start: moment(0), until: moment(wildness.ticks) }
  const commands = [
    ...pools.flatMap((pool, n) => supply(chance.fork(`supply ${n}`), pool, wildness)),
    ...services.flatMap((service) => [...replicaCommands(service, window)]),
    ...drawDegrading(chance.fork('degrading'), pools, wildness),
    ...drawOutages(chance.fork('outages'), pools, wildness),
    ...drawFaults(chance.fork('faults'), pools, wildness),
    ...drawCancels(chance.fork('cancels'), jobs.length, wildness),
    ...drawChanges(chance.fork('changes'), pools, wildness),
    ...windows,
    ...drawMoves(chance.fork('moves'), jobs.length, wildness),
    ...drawTermCommands(chance.fork('terms'), pools, wildness),
  ]
  const policy = wildness.isCalm ? BACKFILL : foreseeing(chance.fork('foresees'), pick(chance, WILD_POLICIES))
  return {
    policy: chance.fork('moves by itself').below(2) === 0 ? { ...policy, movesGangs: true } : policy,
    tenants,
    ...order,
    reclaimNoticeMs: pick(chance, [0, 0, 2, 5, 20]) * TICK_MS,
    ...withShares(chance.fork('shares'), { commands, jobs }),
    isCalm: wildness.isCalm,
  }
}

/** In every third history durations that nobody stated are foreseen. */
function foreseeing(chance: Prng, policy: QueuePolicy): QueuePolicy {
  return chance.below(3) === 0 ? { ...policy, foresees: true } : policy
}

function drawPools(chance: Prng): Pool[] {
  const providers = ['north', 'south', 'east'].slice(0, pick(chance, [1, 1, 2, 2, 3]))
  return providers.map((provider) =>
    poolOf({ provider, region: 'r', hardware: pick(chance, ['fast', 'slow']), fabric: 'default' }),
  )
}

function supply(chance: Prng, pool: Pool, { isCalm, ticks, cpuCores }: Wildness): TimedCommand[] {
  const opens = !isCalm && chance.below(4) === 0 ? chance.below(ticks) : 0
  const commands: TimedCommand[] = [{ at: moment(opens), command: { kind: 'openPool', pool } }]
  let nodes = 0
  for (let delivery = 1 + chance.below(2); delivery > 0; delivery--) {
    const groups = drawGroups(chance)
    const at = moment(opens + (isCalm || nodes === 0 ? 0 : chance.below(ticks)))
    commands.push({ at, command: { kind: 'addNodes', poolId: pool.id, nodes: groups, cpuCores } })
    nodes += nodesIn(groups)
  }
  if (!isCalm && chance.below(3) === 0) {
    const firstNode = chance.below(nodes)
    const removed = { kind: 'removeNodes', poolId: pool.id, firstNode, nodes: 1 + chance.below(3) } as const
    const cores = chance.below(2) === 0 ? { cpuCores: chance.below(cpuCores + 1) } : {}
    commands.push({ at: moment(chance.below(ticks)), command: { ...removed, ...cores } })
  }
  return commands
}

function drawGroups(chance: Prng): NodeGroup[] {
  return Array.from({ length: 1 + chance.below(2) }, () => ({
    domains: 1 + chance.below(3),
    nodesPerDomain: 1 + chance.below(3),
    acceleratorsPerNode: pick(chance, [1, 2, 2, 3, 4, 4, 8]),
    domainsPerBlock: 1 + chance.below(3),
    ...(chance.below(3) === 0 ? { continuesBlock: true } : {}),
  }))
}

/** A tree of few tenants; quotas may well promise more, or less, than there is. */
function drawTenants(chance: Prng, pools: readonly Pool[]): Tenant[] {
  const ids = ['a', 'b', 'c', 'd', 'e'].slice(0, 2 + chance.below(4))
  const most = pick(chance, [8, 16, 40])
  return ids.map((id, n): Tenant => {
    const parent = n > 0 && chance.below(2) === 0 ? ids[chance.below(n)] : undefined
    const named = ['*', ...pools.map((pool) => pool.id)].filter(() => chance.below(2) === 0)
    const quotas = named.map((pool) => ({ pool, accelerators: chance.below(most) }))
    const limit = chance.below(5) === 0 ? { borrowLimit: chance.below(12) } : {}
    return { id, name: id, quotas, ...(parent === undefined ? {} : { parent }), ...limit }
  })
}

/** In every third history with tenants turns are taken, by weights, by waiting or by both; half of them without quotas. */
function drawTurns(
  chance: Prng,
  tenants: readonly Tenant[],
  { isCalm }: Wildness,
): { tenants: readonly Tenant[]; order: { order?: OrderRules } } {
  if (isCalm || tenants.length === 0 || chance.below(3) > 0) return { tenants, order: {} }
  const kind = pick(chance, ['weights', 'waiting', 'both'])
  const ownsNothing = chance.below(2) === 0
  const weigh = (tenant: Tenant): Tenant => ({
    ...tenant,
    ...(ownsNothing ? { quotas: [] } : {}),
    ...(kind === 'waiting' || chance.below(4) === 0 ? {} : { weight: pick(chance, [0.5, 1, 3]) }),
  })
  const halfLife = chance.below(2) === 0 ? { shareHalfLifeMs: (1 + chance.below(50)) * TICK_MS } : {}
  const aging = kind === 'weights' ? {} : { priorityAgingMs: (1 + chance.below(40)) * TICK_MS }
  return { tenants: tenants.map(weigh), order: { order: { ...halfLife, ...aging } } }
}

function drawFaults(chance: Prng, pools: readonly Pool[], { faults, ticks }: Wildness): TimedCommand[] {
  return Array.from({ length: faults }, () => {
    const fault = { poolId: pick(chance, pools).id, node: chance.below(8) }
    const fails = chance.below(ticks)
    const returns = fails + chance.below(30)
    return [
      { at: moment(fails), command: { kind: 'failNode' as const, ...fault } },
      { at: moment(returns), command: { kind: 'returnNode' as const, ...fault } },
    ]
  }).flat()
}

/** Plans that nobody made for what there is: they must be refused, or harm nobody. */
function drawMoves(chance: Prng, jobs: number, { isCalm, ticks }: Wildness): TimedCommand[] {
  if (isCalm || chance.below(2) === 0) return []
  const job = (): string => `j${chance.below(jobs + 1)}`
  return Array.from({ length: 1 + chance.below(5) }, () => {
    const move = { gangId: job(), from: [], to: [] }
    const plan = { gangId: job(), parts: [], moves: chance.below(2) === 0 ? [move] : [move, move] }
    return { at: moment(chance.below(ticks)), command: { kind: 'move', plan } }
  })
}

function drawCancels(chance: Prng, jobs: number, { cancels, ticks }: Wildness): TimedCommand[] {
  return Array.from({ length: cancels }, () => ({
    at: moment(chance.below(ticks)),
    command: {
      kind: pick(chance, ['cancel', 'cancel', 'finish'] as const),
      gangId: `j${chance.below(jobs + 1)}`,
    },
  }))
}

/** Other tenants, and now and then a wake that nobody asked for. */
function drawChanges(chance: Prng, pools: readonly Pool[], { hasQuotas, ticks }: Wildness): TimedCommand[] {
  const commands: TimedCommand[] = [{ at: moment(chance.below(ticks)), command: { kind: 'wake' } }]
  if (!hasQuotas || chance.below(2) === 0) return commands
  const noticeMs = chance.below(10) * TICK_MS
  const tenants = chance.below(5) === 0 ? [] : drawTenants(chance, pools)
  return [
    ...commands,
    { at: moment(chance.below(ticks)), command: { kind: 'setTenants', tenants, noticeMs } },
  ]
}

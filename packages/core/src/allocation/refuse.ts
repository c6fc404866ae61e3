import type { Instant } from '../base/instant.ts'
import type { NodeGroup } from '../capacity/topology.ts'
import type { Upkeep } from '../capacity/upkeep.ts'
import { elasticProblem } from '../demand/elastic.ts'
import { elasticRole } from '../demand/elastic-roles.ts'
import type { Gang, Role } from '../demand/gang.ts'
import type { SpreadRule } from '../demand/spread-rule.ts'
import type { Tenant } from '../demand/tenant.ts'
import { ALL_POOLS } from '../demand/validate.ts'
import type { AllocationState } from './allocation-state.ts'
import type { Command } from './commands.ts'
import type { RefusalCause } from './events.ts'
import { refuseOutage } from './failures/refuse-outage.ts'
import { isGoodSpending } from './money/check-spending.ts'
import { areGoodTerms } from './money/check-terms.ts'
import { refuseMoves } from './moves/refuse-moves.ts'
import { FAILED } from './node-condition.ts'
import { isGoodMember, isGoodNode } from './shares/refuse-shares.ts'
import { refuseNaming, refuseWindow } from './windows/refuse-window.ts'

/** The largest number of accelerators or nodes that one command may name: beyond any fleet, within exact arithmetic. */
const COUNT_MAX = 100_000_000

/** Why the command cannot be carried out at this moment; nothing where it can. */
export function refusalOf(state: AllocationState, command: Command, at: Instant): RefusalCause | undefined {
  if (!Number.isFinite(at)) return 'malformed'
  if (at < state.now) return 'timeRunsBackwards'
  switch (command.kind) {
    case 'openPool':
      if (command.pool.id === ALL_POOLS || !isGoodUpkeep(command.pool.upkeep)) return 'malformed'
      return state.poolById.has(command.pool.id) ? 'duplicatePool' : undefined
    case 'setTenants':
      return refuseTenants(command)
    case 'setTerms':
      return areGoodTerms(command.terms) ? undefined : 'malformed'
    case 'addNodes':
      return refuseNodes(state, command)
    case 'removeNodes':
      return refuseRemoval(state, command)
    case 'submit':
      return refuseGang(state, command.gang)
    case 'cancel':
    case 'finish':
      return refuseEnding(state, command)
    case 'move':
      return refuseMoves(state, command.plan)
    case 'failNode':
      return refuseFailure(state, command.poolId, command.node, 1)
    case 'returnNode':
      return refuseFailure(state, command.poolId, command.node, 0)
    case 'degradeNode':
      return refuseDegrading(state, command)
    case 'beginOutage':
    case 'drain':
    case 'endOutage':
      return refuseOutage(state, command, at)
    case 'bookWindow':
      return refuseWindow(state, command.booking, at)
    case 'cancelWindow':
      return state.windows.get(command.windowId) ? undefined : 'unknownWindow'
    case 'wake':
      return undefined
  }
}

function refuseTenants({
  tenants,
  noticeMs,
  order,
}: Extract<Command, { kind: 'setTenants' }>): RefusalCause | undefined {
  const times = [order?.shareHalfLifeMs, order?.priorityAgingMs]
  if (times.some((ms) => ms === 0 || !isTime(ms))) return 'malformed'
  const byId = new Map(tenants.map((tenant) => [tenant.id, tenant]))
  if (byId.size !== tenants.length || !isCount(noticeMs, Number.MAX_SAFE_INTEGER)) return 'malformed'
  if (tenants.some(({ parent }) => parent !== undefined && !byId.has(parent))) return 'unknownTenant'
  const isGood = (tenant: Tenant): boolean => isGoodTenant(tenant) && !isInCircle(tenant, byId)
  return tenants.every(isGood) ? undefined : 'malformed'
}

function isGoodTenant({ quotas, borrowLimit, weight = 1 }: Tenant): boolean {
  if (!Number.isFinite(weight) || weight <= 0) return false
  const pools = new Set(quotas.map(({ pool }) => pool))
  const areCounts = quotas.every(({ accelerators }) => isCount(accelerators))
  return pools.size === quotas.length && areCounts && (borrowLimit === undefined || isCount(borrowLimit))
}

function isInCircle(tenant: Tenant, byId: ReadonlyMap<string, Tenant>): boolean {
  let at: Tenant | undefined = tenant
  for (let steps = 0; at; steps++) {
    if (steps > byId.size) return true
    at = at.parent === undefined ? undefined : byId.get(at.parent)
  }
  return false
}

function refuseNodes(
  state: AllocationState,
  command: Extract<Command, { kind: 'addNodes' }>,
): RefusalCause | undefined {
  if (!state.poolById.has(command.poolId)) return 'unknownPool'
  const cpuIsGood = command.cpuCores === undefined || isCount(command.cpuCores, Number.MAX_SAFE_INTEGER)
  return command.nodes.every(isGoodGroup) && cpuIsGood ? undefined : 'malformed'
}

function isGoodGroup(group: NodeGroup): boolean {
  const { domains, nodesPerDomain, acceleratorsPerNode, domainsPerBlock } = group
  const counts = [domains, nodesPerDomain, acceleratorsPerNode, domainsPerBlock]
  return (
    isGoodNode(group) &&
    counts.every((count) => isCount(count) && count > 0) &&
    isCount(domains * nodesPerDomain * acceleratorsPerNode)
  )
}

function refuseRemoval(
  state: AllocationState,
  { poolId, firstNode, nodes, cpuCores = 0 }: Extract<Command, { kind: 'removeNodes' }>,
): RefusalCause | undefined {
  const pool = state.poolById.get(poolId)
  if (!pool) return 'unknownPool'
  if (!isCount(cpuCores, Number.MAX_SAFE_INTEGER) || cpuCores > pool.cpuCores) return 'malformed'
  const isForCoresAlone = nodes === 0 && cpuCores > 0 && isCount(firstNode)
  return isForCoresAlone ? undefined : refuseRange(state, poolId, firstNode, nodes)
}

function refuseRange(
  state: AllocationState,
  poolId: string,
  first: number,
  nodes: number,
): RefusalCause | undefined {
  const pool = state.poolById.get(poolId)
  if (!pool) return 'unknownPool'
  if (!isCount(first) || !isCount(nodes) || nodes === 0) return 'malformed'
  return first + nodes <= pool.free.nodes ? undefined : 'unknownNode'
}

function refuseFailure(
  state: AllocationState,
  poolId: string,
  node: number,
  online: 0 | 1,
): RefusalCause | undefined {
  const refused = refuseRange(state, poolId, node, 1)
  if (refused) return refused
  const index = state.pool(poolId).free
  if (index.isRetired(node)) return 'unknownNode'
  if (index.isOut(node, FAILED) === (online === 0)) return undefined
  return online === 1 ? 'nodeAlreadyFailed' : 'nodeNotFailed'
}

function refuseDegrading(
  state: AllocationState,
  { poolId, node, speed }: Extract<Command, { kind: 'degradeNode' }>,
): RefusalCause | undefined {
  const refused = refuseRange(state, poolId, node, 1)
  if (refused) return refused
  if (!(speed > 0 && speed <= 1)) return 'malformed'
  const { free, slow } = state.pool(poolId)
  if (free.isRetired(node)) return 'unknownNode'
  return (slow.get(node) ?? 1) === speed ? 'nodeAlreadySo' : undefined
}

function refuseGang(state: AllocationState, gang: Gang): RefusalCause | undefined {
  if (state.gangs.isKnown(gang.id)) return 'duplicateGang'
  if (!state.accounts.knows(gang.tenant)) return 'unknownTenant'
  if (gang.movable !== undefined && !MOVABLE.includes(gang.movable)) return 'malformed'
  const timesAreGood = isTime(gang.limitMs) && isTime(gang.checkpointMs) && isTime(gang.restartMs)
  if (!timesAreGood || gang.checkpointMs === 0 || !Number.isSafeInteger(gang.priority)) return 'malformed'
  const areGood =
    areGoodRoles(gang.roles) &&
    isGoodSpread(gang.spread) &&
    isGoodSpending(gang.spending) &&
    isGoodElastic(gang)
  return areGood ? refuseNaming(state, gang) : 'malformed'
}

function isGoodUpkeep({ sparesPerDomain = 0, offenders }: Upkeep = {}): boolean {
  if (!isCount(sparesPerDomain)) return false
  if (!offenders) return true
  const { failures, withinMs, keepOutForMs } = offenders
  return isCount(failures) && failures > 0 && isTime(withinMs) && isTime(keepOutForMs)
}

function isGoodSpread(spread: SpreadRule | undefined): boolean {
  if (!spread) return true
  const { atMost = 1, distinct = 1 } = spread
  const isOne = (spread.atMost === undefined) !== (spread.distinct === undefined)
  return isOne && atMost > 0 && atMost <= 1 && isCount(distinct) && distinct > 0
}

const MOVABLE: readonly string[] = ['pool', 'provider', 'any']

/** One role may be elastic; one that goes back to its last save must save. */
function isGoodElastic({ roles, checkpointMs }: Gang): boolean {
  const at = elasticRole(roles)
  if (at < 0) return true
  const { elastic, acceleratorsPerMember: each } = roles[at] as Role
  if (!elastic || elasticRole(roles.slice(at + 1)) >= 0) return false
  const { sizes, restarts, settleMs } = elastic
  const areCounts = sizes.every(({ members, speed }) => isCount(members * each) && Number.isFinite(speed))
  const maySave = !restarts || checkpointMs !== undefined
  return areCounts && maySave && isTime(settleMs) && elasticProblem(elastic, each) === undefined
}

function isTime(ms: number | undefined): boolean {
  return ms === undefined || isCount(ms, Number.MAX_SAFE_INTEGER)
}

function areGoodRoles(roles: readonly Role[]): boolean {
  const [only] = roles
  if (!only) return false
  if (roles.length === 1) return isGoodRole(only)
  const names = new Set(roles.map(({ name }) => name))
  return names.size === roles.length && roles.every(isGoodRole)
}

function isGoodRole(role: Role): boolean {
  const { members, acceleratorsPerMember, cpuCoresPerMember, accepts } = role
  if (!isCount(members) || members === 0 || !isCount(acceleratorsPerMember) || !isGoodMember(role))
    return false
  if (!isCount(members * acceleratorsPerMember)) return false
  const { acceleratorMilliPerMember = 0 } = role
  if (acceleratorsPerMember + acceleratorMilliPerMember + cpuCoresPerMember === 0) return false
  return accepts.length > 0 && accepts.every(({ speed }) => Number.isFinite(speed) && speed > 0)
}

function refuseEnding(
  state: AllocationState,
  { kind, gangId }: Extract<Command, { kind: 'cancel' | 'finish' }>,
): RefusalCause | undefined {
  const gang = state.gangs.get(gangId)
  if (gang) return gang.running || kind === 'cancel' ? undefined : 'notRunning'
  return state.gangs.isKnown(gangId) ? 'alreadyEnded' : 'unknownGang'
}

function isCount(value: number, max = COUNT_MAX): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= max
}

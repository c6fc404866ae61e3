import type { Instant } from '../base/instant.ts'
import type { NodeGroup } from '../capacity/topology.ts'
import type { Gang, Role } from '../demand/gang.ts'
import type { AllocationState } from './allocation-state.ts'
import type { Command } from './commands.ts'
import type { RefusalCause } from './events.ts'

/** The largest number of accelerators or nodes that one command may name: beyond any fleet, within exact arithmetic. */
const COUNT_MAX = 100_000_000

/** Why the command cannot be carried out at this moment; nothing where it can. */
export function refusalOf(state: AllocationState, command: Command, at: Instant): RefusalCause | undefined {
  if (!Number.isFinite(at)) return 'malformed'
  if (at < state.now) return 'timeRunsBackwards'
  switch (command.kind) {
    case 'openPool':
      return state.poolById.has(command.pool.id) ? 'duplicatePool' : undefined
    case 'setTenants':
      return refuseTenants(command)
    case 'addNodes':
      return refuseNodes(state, command)
    case 'removeNodes':
      return refuseRange(state, command.poolId, command.firstNode, command.nodes)
    case 'submit':
      return refuseGang(state, command.gang)
    case 'cancel':
      return refuseEnding(state, command.gangId)
    case 'finish':
      return (
        refuseEnding(state, command.gangId) ??
        (state.gangs.get(command.gangId)?.running ? undefined : 'notRunning')
      )
    case 'failNode':
      return refuseFailure(state, command.poolId, command.node, 1)
    case 'returnNode':
      return refuseFailure(state, command.poolId, command.node, 0)
    case 'wake':
      return undefined
  }
}

function refuseTenants({
  tenants,
  noticeMs,
}: Extract<Command, { kind: 'setTenants' }>): RefusalCause | undefined {
  const ids = new Set(tenants.map(({ id }) => id))
  if (ids.size !== tenants.length || !isCount(noticeMs, Number.MAX_SAFE_INTEGER)) return 'malformed'
  for (const tenant of tenants) {
    if (tenant.parent !== undefined && !ids.has(tenant.parent)) return 'unknownTenant'
    if (!tenant.quotas.every(({ accelerators }) => isCount(accelerators))) return 'malformed'
    if (isInCircle(tenant.id, tenants)) return 'malformed'
  }
  return undefined
}

function isInCircle(
  id: string,
  tenants: readonly { readonly id: string; readonly parent?: string }[],
): boolean {
  let at: string | undefined = id
  for (let steps = 0; at !== undefined; steps++) {
    if (steps > tenants.length) return true
    at = tenants.find((tenant) => tenant.id === at)?.parent
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

function isGoodGroup({ domains, nodesPerDomain, acceleratorsPerNode, domainsPerBlock }: NodeGroup): boolean {
  const counts = [domains, nodesPerDomain, acceleratorsPerNode, domainsPerBlock]
  return (
    counts.every((count) => isCount(count) && count > 0) &&
    isCount(domains * nodesPerDomain * acceleratorsPerNode)
  )
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
  if (index.nodeRetired[node] === 1) return 'unknownNode'
  if (index.nodeOnline[node] === online) return undefined
  return online === 1 ? 'nodeAlreadyFailed' : 'nodeNotFailed'
}

function refuseGang(state: AllocationState, gang: Gang): RefusalCause | undefined {
  if (state.gangs.has(gang.id) || state.ended.has(gang.id)) return 'duplicateGang'
  if (!state.accounts.knows(gang.tenant)) return 'unknownTenant'
  const timesAreGood = [gang.limitMs, gang.checkpointMs, gang.restartMs].every(
    (ms) => ms === undefined || isCount(ms, Number.MAX_SAFE_INTEGER),
  )
  if (!timesAreGood || gang.checkpointMs === 0 || !Number.isSafeInteger(gang.priority)) return 'malformed'
  const names = new Set(gang.roles.map(({ name }) => name))
  return gang.roles.length > 0 && names.size === gang.roles.length && gang.roles.every(isGoodRole)
    ? undefined
    : 'malformed'
}

function isGoodRole(role: Role): boolean {
  const { members, acceleratorsPerMember, cpuCoresPerMember, accepts } = role
  if (!isCount(members) || members === 0 || !isCount(acceleratorsPerMember) || !isCount(cpuCoresPerMember))
    return false
  if (!isCount(members * acceleratorsPerMember) || acceleratorsPerMember + cpuCoresPerMember === 0)
    return false
  return accepts.length > 0 && accepts.every(({ speed }) => Number.isFinite(speed) && speed > 0)
}

function refuseEnding(state: AllocationState, gangId: string): RefusalCause | undefined {
  if (state.gangs.has(gangId)) return undefined
  return state.ended.has(gangId) ? 'alreadyEnded' : 'unknownGang'
}

function isCount(value: number, max = COUNT_MAX): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= max
}

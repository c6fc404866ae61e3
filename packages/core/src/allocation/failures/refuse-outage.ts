import type { Instant } from '../../base/instant.ts'
import { isWhole, type OutageScope } from '../../capacity/outage-scope.ts'
import type { AllocationState } from '../allocation-state.ts'
import type { Command } from '../commands.ts'
import type { RefusalCause } from '../events.ts'

type OutageCommand = Extract<Command, { kind: 'beginOutage' | 'drain' | 'endOutage' }>

/** Why an outage cannot be told so; nothing where it can. */
export function refuseOutage(
  state: AllocationState,
  command: OutageCommand,
  at: Instant,
): RefusalCause | undefined {
  const known = state.outages.get(command.outageId)
  if (command.kind === 'endOutage') return known ? undefined : 'unknownOutage'
  if (known) return 'duplicateOutage'
  const refused = refuseScope(state, command.of)
  if (refused || command.kind === 'beginOutage') return refused
  if (!Number.isFinite(command.by)) return 'malformed'
  if (command.by <= at) return 'inThePast'
  return command.by < at + state.noticeMs ? 'noticeTooShort' : undefined
}

function refuseScope(state: AllocationState, of: OutageScope): RefusalCause | undefined {
  if (of.kind === 'provider')
    return state.pools.some(({ pool }) => isWhole(of, pool)) ? undefined : 'unknownProvider'
  const pool = state.poolById.get(of.poolId)
  if (!pool) return 'unknownPool'
  if (of.kind === 'pool') return undefined
  if (of.kind === 'domain') {
    if (!isIndex(of.domain)) return 'malformed'
    return of.domain < pool.free.domains ? undefined : 'unknownDomain'
  }
  if (!isIndex(of.firstNode) || !isIndex(of.nodes) || of.nodes === 0) return 'malformed'
  return of.firstNode + of.nodes <= pool.free.nodes ? undefined : 'unknownNode'
}

function isIndex(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

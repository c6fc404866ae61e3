import { type DrainRequest, partName } from '@offtake/contract/api/pool'
import type { AllocationState } from '@offtake/core/allocation/allocation-state'
import type { Command } from '@offtake/core/allocation/commands'
import type { Outage } from '@offtake/core/allocation/failures/outage'
import { FAILED } from '@offtake/core/allocation/node-condition'
import type { Instant } from '@offtake/core/base/instant'
import type { OutageScope } from '@offtake/core/capacity/outage-scope'
import { isoOf } from '../http/iso.ts'
import { Problem } from '../problem.ts'

type When = Pick<DrainRequest, 'by' | 'notice'>

/** What announces that a part goes out of service: after as long as tenants were promised, where nothing else is said. */
export function drainCommands(
  state: AllocationState,
  of: OutageScope,
  { by, notice = state.noticeMs }: When,
  at: Instant,
): Command[] {
  requireInService(state, of)
  // An outage that is announced begins later than it is told.
  const when = by ?? ((at + Math.max(1, notice)) as Instant)
  return [{ kind: 'drain', outageId: `drain of ${partName(of)}`, of, by: when }]
}

/** What takes a part out of service at once: a node alone fails by itself, more of them together. */
export function failCommands(state: AllocationState, of: OutageScope): Command[] {
  requireInService(state, of, 'holding')
  if (of.kind === 'nodes' && of.nodes === 1)
    return [{ kind: 'failNode', poolId: of.poolId, node: of.firstNode }]
  return [{ kind: 'beginOutage', outageId: `outage of ${partName(of)}`, of }]
}

/** What brings a part back: it ends what was announced or begun for that very part. */
export function returnCommands(state: AllocationState, of: OutageScope): Command[] {
  const ended = outagesOver(state, of).map(({ id }): Command => ({ kind: 'endOutage', outageId: id }))
  const commands = [...ended, ...nodeReturns(state, of)]
  if (commands.length > 0) return commands
  const others = [...state.outages].map(({ id }) => `'${id}'`)
  const hint = others.length === 0 ? '' : `; there is ${others.slice(0, 5).join(', ')}`
  throw new Problem('conflict', `nothing was drained or failed as ${partName(of)}${hint}`)
}

function nodeReturns(state: AllocationState, of: OutageScope): Command[] {
  const free = of.kind === 'nodes' ? state.poolById.get(of.poolId)?.free : undefined
  if (!free || of.kind !== 'nodes') return []
  const { poolId, firstNode, nodes } = of
  const until = Math.min(firstNode + nodes, free.nodes)
  const returns: Command[] = []
  for (let node = firstNode; node < until; node++)
    if (free.isOut(node, FAILED) && !free.isRetired(node)) returns.push({ kind: 'returnNode', poolId, node })
  return returns
}

function requireInService(state: AllocationState, of: OutageScope, only?: 'holding'): void {
  for (const { by } of outagesOver(state, of)) {
    if (by === undefined) throw new Problem('conflict', `${partName(of)} is out of service already`)
    if (only === undefined)
      throw new Problem('conflict', `${partName(of)} drains already, by ${isoOf(by)}: return it first`)
  }
}

function outagesOver(state: AllocationState, of: OutageScope): Outage[] {
  const name = partName(of)
  return [...state.outages].filter((outage) => partName(outage.of) === name)
}

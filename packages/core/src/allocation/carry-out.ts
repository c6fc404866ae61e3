import type { Command } from './commands.ts'
import { expectationOf } from './durations/foresee.ts'
import type { EvictionCause } from './events.ts'
import { evict } from './evict.ts'
import { degradeNode } from './failures/degrade.ts'
import { isOffender, keepOutOffender } from './failures/offenders.ts'
import { restartNearby, type Stopped, toStop } from './failures/restart-nearby.ts'
import { announceOutage, beginOutage, endOutage } from './failures/suffer-outage.ts'
import { dropUnentitled } from './fulfil.ts'
import { carryOutMoves } from './moves/carry-out-moves.ts'
import { FAILED, NOT_WORKING } from './node-condition.ts'
import type { PassContext } from './pass-context.ts'
import { dropHandOver } from './start.ts'
import { bookWindow, moveOffLostNodes } from './windows/change-windows.ts'
import { tellStrangers } from './windows/run-windows.ts'

type CommandOf<Kind extends Command['kind']> = Extract<Command, { kind: Kind }>

/** Does what the command says, and to the gangs that it touches what follows from it at once. */
export function carryOut(context: PassContext, command: Command): void {
  const { at, emit } = context
  switch (command.kind) {
    case 'openPool':
      return emit({ kind: 'poolOpened', at, pool: command.pool })
    case 'setTenants':
      setTenants(context, command)
      if (context.state.windows.size > 0) tellStrangers(context)
      return dropUnentitled(context)
    case 'setTerms':
      return emit({ kind: 'termsSet', at, terms: command.terms })
    case 'addNodes':
      return addNodes(context, command)
    case 'removeNodes':
      return removeNodes(context, command)
    case 'submit':
      return emit({ kind: 'submitted', at, gang: command.gang, ...expectationOf(context, command.gang) })
    case 'cancel':
      return end(context, command)
    case 'finish':
      return end(context, command)
    case 'move':
      return carryOutMoves(context, command.plan)
    case 'failNode':
      emit({ kind: 'nodeFailed', at, poolId: command.poolId, node: command.node })
      return restartNearby(context, clear(context, command.poolId, command.node, 1, 'nodeFailed'))
    case 'returnNode':
      return returnNode(context, command)
    case 'degradeNode':
      return degradeNode(context, command)
    case 'beginOutage':
      return beginOutage(context, command)
    case 'drain':
      return announceOutage(context, command)
    case 'endOutage':
      return endOutage(context, command)
    case 'bookWindow':
      return bookWindow(context, command.booking)
    case 'cancelWindow':
      return emit({ kind: 'windowCancelled', at, windowId: command.windowId })
    case 'wake':
      return
  }
}

function setTenants({ at, emit }: PassContext, { tenants, noticeMs, order }: CommandOf<'setTenants'>): void {
  emit({ kind: 'tenantsSet', at, tenants, noticeMs, ...(order === undefined ? {} : { order }) })
}

function end(context: PassContext, { kind, gangId }: CommandOf<'cancel'> | CommandOf<'finish'>): void {
  const handOver = context.state.handOvers.get(gangId)
  if (handOver) dropHandOver(context, handOver)
  context.emit({ kind: kind === 'cancel' ? 'cancelled' : 'finished', at: context.at, gangId })
}

function addNodes(
  { state, at, emit }: PassContext,
  { poolId, nodes, cpuCores = 0 }: CommandOf<'addNodes'>,
): void {
  const areOut = state.pool(poolId).isOut ? ({ areOut: true } as const) : {}
  emit({ kind: 'nodesAdded', at, poolId, nodes, cpuCores, ...areOut })
}

function returnNode(context: PassContext, { poolId, node }: CommandOf<'returnNode'>): void {
  const { state, at, emit } = context
  const keepsOut = isOffender(context, poolId, node)
  const isOut = keepsOut || state.pool(poolId).free.isOut(node, NOT_WORKING & ~FAILED)
  emit({ kind: 'nodeReturned', at, poolId, node, ...(isOut ? { staysOut: true } : {}) })
  if (keepsOut) keepOutOffender(context, poolId, node)
}

function removeNodes(context: PassContext, command: CommandOf<'removeNodes'>): void {
  const { poolId, firstNode, nodes, cpuCores } = command
  const cores = cpuCores === undefined ? {} : { cpuCores }
  context.emit({ kind: 'nodesRemoved', at: context.at, poolId, firstNode, nodes, ...cores })
  clear(context, poolId, firstNode, nodes, 'nodesRemoved')
  freeCores(context, poolId)
  if (context.state.windows.size > 0) moveOffLostNodes(context, poolId)
}

/** Nothing stays on nodes that are gone, and nothing is kept on them. */
function clear(
  context: PassContext,
  poolId: string,
  first: number,
  nodes: number,
  because: EvictionCause,
): readonly Stopped[] {
  const pool = context.state.pool(poolId)
  const until = first + nodes
  const stopped = pool.holders.on(first, until).map(toStop)
  for (const handOver of [...context.state.handOvers.values()]) {
    if (handOver.rooms.get(pool)?.hasNodeIn(first, until)) dropHandOver(context, handOver)
  }
  for (const { gang } of stopped) evict(context, gang, because)
  return stopped
}

/** Cores are counted, so those go that rank lowest and came last until what is left suffices. */
function freeCores(context: PassContext, poolId: string): void {
  const pool = context.state.pool(poolId)
  if (pool.cpuFree + pool.coresOut >= 0) return
  for (const handOver of [...context.state.handOvers.values()]) {
    if (handOver.rooms.get(pool)?.needsCores) dropHandOver(context, handOver)
  }
  const holders = [...pool.running]
    .filter(({ parts }) => parts.some((part) => part.poolId === poolId && part.cpuCores > 0))
    .sort((a, b) => a.gang.priority - b.gang.priority || b.placedAt - a.placedAt || b.seq - a.seq)
  for (const gang of holders) {
    if (pool.cpuFree + pool.coresOut >= 0) return
    evict(context, gang, 'nodesRemoved')
  }
}

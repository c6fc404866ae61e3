import { scopeOf } from '@offtake/contract/api/pool'
import {
  drainPart,
  failPart,
  listNodes,
  listOutages,
  listPools,
  returnPart,
} from '@offtake/contract/api/pool-routes'
import type { AllocationState } from '@offtake/core/allocation/allocation-state'
import type { Command } from '@offtake/core/allocation/commands'
import type { AllocationEvent, RefusalCause } from '@offtake/core/allocation/events'
import type { PoolState } from '@offtake/core/allocation/pool-state'
import type { Instant } from '@offtake/core/base/instant'
import type { Actor } from '../access/actor.ts'
import type { Engine } from '../engine/engine.ts'
import { type DeskOrder, orderOf } from '../engine/order.ts'
import { nodePage, outagesOf, outageViewOf, poolViewOf } from '../fleet/look.ts'
import { drainCommands, failCommands, returnCommands } from '../fleet/parts.ts'
import { notFound } from '../problem.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { pageOfList, readNumberCursor } from './number-cursor.ts'
import { withPath } from './refusal-path.ts'

/** What a refusal of a drain, a failure or a return is about. */
const PATHS: Partial<Record<RefusalCause, string>> = {
  inThePast: 'body.by',
  noticeTooShort: 'body.notice',
  unknownNode: 'body.nodes',
  unknownDomain: 'body.domain',
  nodeAlreadyFailed: 'body.nodes',
}

/** Pools and nodes: what is there, and what of it goes out of service and comes back. */
export function poolRoutes(engine: Engine): Endpoint[] {
  return [...looks(engine), ...changes(engine)]
}

function looks(engine: Engine): Endpoint[] {
  return [
    endpoint(listPools, async ({ query }) => {
      const { items, next } = pageOfList(engine.allocator.state.pools, query)
      return { body: { items: items.map(poolViewOf), next } }
    }),
    endpoint(listNodes, async ({ params, query }) => {
      const pool = requirePool(engine.allocator.state, params.pool)
      const page = nodePage(pool, readNumberCursor(query.cursor), query.limit, query)
      return { body: { items: [...page.nodes], next: page.next === undefined ? null : String(page.next) } }
    }),
    endpoint(listOutages, async ({ query }) => ({
      body: pageOfList(outagesOf(engine.allocator.state), query),
    })),
  ]
}

function changes(engine: Engine): Endpoint[] {
  return [
    endpoint(drainPart, async ({ params: { pool }, body, actor, key }) => {
      const of = scopeOf(pool, body)
      const events = await changePart(engine, { action: 'drained', pool, body, actor, key }, (state, at) =>
        drainCommands(state, of, body, at),
      )
      const began = requireEvent(events, 'drainBegan')
      const view = outageViewOf({ id: began.outageId, of, by: began.by })
      return { body: { ...view, jobs: gangsOf(events, 'leaveAsked') } }
    }),
    endpoint(failPart, async ({ params: { pool }, body, actor, key }) => {
      const of = scopeOf(pool, body)
      const events = await changePart(engine, { action: 'failed', pool, body, actor, key }, (state) =>
        failCommands(state, of),
      )
      const nodes = nodesOf(events, 'outageBegan') + countOf(events, 'nodeFailed')
      return { body: { nodes, jobs: gangsOf(events, 'evicted') } }
    }),
    endpoint(returnPart, async ({ params: { pool }, body, actor, key }) => {
      const of = scopeOf(pool, body)
      const events = await changePart(engine, { action: 'returned', pool, body, actor, key }, (state) =>
        returnCommands(state, of),
      )
      const ended = events.flatMap((event) => (event.kind === 'outageEnded' ? [event.outageId] : []))
      const back = events.filter((event) => event.kind === 'nodeReturned' && !event.staysOut).length
      const others = outagesOf(engine.allocator.state).filter((one) => one.pool === pool || one.pool === null)
      return {
        body: { ended, nodes: nodesOf(events, 'outageEnded') + back, others: others.map(({ id }) => id) },
      }
    }),
  ]
}

interface PartOrder {
  readonly action: string
  readonly pool: string
  readonly body: object
  readonly actor: Actor
  readonly key: string | undefined
}

/** What the commands are is decided at the moment at which they are carried out. */
async function changePart(
  engine: Engine,
  { action, pool, body, actor, key }: PartOrder,
  commandsAt: (state: AllocationState, at: Instant) => readonly Command[],
): Promise<readonly AllocationEvent[]> {
  requirePool(engine.allocator.state, pool)
  const order: DeskOrder = {
    ...orderOf(actor, key),
    action,
    target: pool,
    asked: JSON.stringify([action, pool, body]),
    perform: async (_transaction, at) => ({
      result: null,
      detail: body,
      commands: commandsAt(engine.allocator.state, at),
    }),
  }
  const { events } = await engine.submit(order).catch(withPath(PATHS))
  return events
}

function requirePool({ poolById }: AllocationState, id: string): PoolState {
  const pool = poolById.get(id)
  if (!pool) throw notFound('pool', id)
  return pool
}

type EventOf<Kind extends AllocationEvent['kind']> = Extract<AllocationEvent, { kind: Kind }>

function requireEvent<Kind extends AllocationEvent['kind']>(
  events: readonly AllocationEvent[],
  kind: Kind,
): EventOf<Kind> {
  const found = events.find((event): event is EventOf<Kind> => event.kind === kind)
  if (!found) throw new Error(`what was carried out led to ${kind}`)
  return found
}

function countOf(events: readonly AllocationEvent[], kind: AllocationEvent['kind']): number {
  return events.filter((event) => event.kind === kind).length
}

function gangsOf(events: readonly AllocationEvent[], kind: 'leaveAsked' | 'evicted'): string[] {
  return events.flatMap((event) => (event.kind === kind ? [event.gangId] : []))
}

function nodesOf(events: readonly AllocationEvent[], kind: 'outageBegan' | 'outageEnded'): number {
  return events
    .flatMap((event) => (event.kind === kind ? event.nodes : []))
    .reduce((sum, { nodes }) => sum + nodes, 0)
}

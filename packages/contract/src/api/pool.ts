import type { OutageScope } from '@offtake/core/capacity/outage-scope'
import { z } from 'zod'
import { date } from '../portfolio/date.ts'
import { duration } from '../portfolio/duration.ts'
import { count } from '../portfolio/number.ts'
import { moment } from './page.ts'

/** The id of a pool: its provider, region, hardware and perhaps fabric, with slashes between them. */
export const poolId = z.string().min(1).max(1_000)

/** A pool as it is now. */
export const poolView = z.object({
  id: z.string(),
  provider: z.string(),
  region: z.string(),
  hardware: z.string(),
  fabric: z.string(),
  adapter: z.string().describe('what makes gangs run there'),
  simulated: z.boolean().describe('whether nothing real runs there'),
  nodes: z.int().describe('those that are there, whether they work or not'),
  domains: z.int(),
  accelerators: z.object({
    total: z.int(),
    held: z.int().describe('by gangs that run'),
    free: z.int().describe('on nodes that take gangs'),
    draining: z.int().describe('on nodes that will be out of service'),
    down: z.int().describe('on nodes that are out of service'),
  }),
})

export type PoolView = z.output<typeof poolView>

const NODE_STATES = ['up', 'spare', 'draining', 'keptOut', 'out', 'failed'] as const

export const nodeState = z
  .enum(NODE_STATES)
  .describe(
    'up; standing by for its domain; announced to go out of service; kept out because it failed too often; out of service; failed',
  )

export type NodeStateName = z.output<typeof nodeState>

/** A node as it is now. */
export const nodeView = z.object({
  node: z.int().describe('its number in the pool, from 0 on'),
  domain: z.int(),
  block: z.int(),
  state: nodeState,
  accelerators: z.int(),
  free: z.int(),
  speed: z.number().describe('the share of its speed that is left'),
  jobs: z.array(z.string()).describe('who holds something of it'),
  tenants: z.array(z.string()).describe('whose those are'),
})

export type NodeView = z.output<typeof nodeView>

const HIGHEST = 100_000_000

const nodes = z
  .strictObject({ first: count({ to: HIGHEST }), count: count({ from: 1, to: HIGHEST }).default(1) })
  .describe('nodes that follow one another')

const part = {
  nodes: nodes.exactOptional(),
  domain: count({ to: HIGHEST }).exactOptional().describe('instead: all nodes of one domain'),
}

type Part = z.output<z.ZodObject<typeof part>>

const ONE_PART = {
  error: 'a part is either nodes or a domain; all of the pool where neither is named',
  path: ['domain'],
}

function isOnePart({ nodes: some, domain }: Part): boolean {
  return some === undefined || domain === undefined
}

/** What of a pool is meant: nodes, a domain, or all of it. */
export const poolPartRequest = z.strictObject(part).refine(isOnePart, ONE_PART)

export const drainRequest = z
  .strictObject({
    ...part,
    by: date.exactOptional().describe('when what still runs there is stopped'),
    notice: duration
      .exactOptional()
      .describe('instead: after how long; as long as tenants were promised, by default'),
  })
  .refine(isOnePart, ONE_PART)
  .refine(({ by, notice }) => by === undefined || notice === undefined, {
    error: 'either by when, or after how long',
    path: ['notice'],
  })

export type DrainRequest = z.output<typeof drainRequest>

/** What is out of service together, or will be. */
export const outageView = z.object({
  id: z.string(),
  state: z.enum(['announced', 'holds']),
  pool: z.string().nullable().describe('nothing where all of a provider is meant'),
  nodes: z.object({ first: z.int(), count: z.int() }).nullable(),
  domain: z.int().nullable(),
  provider: z.string().nullable(),
  by: moment.nullable().describe('when an announced one begins'),
})

/** What followed from a drain. */
export const drainView = outageView.extend({
  jobs: z.array(z.string()).describe('that will be stopped then, unless they end before'),
})

/** What followed from a failure. */
export const failureView = z.object({
  nodes: z.int().describe('that went out of service'),
  jobs: z.array(z.string()).describe('that sat there, and were stopped'),
})

/** What followed from a return. */
export const returnView = z.object({
  ended: z.array(z.string()).describe('the outages that are over, or taken back'),
  nodes: z.int().describe('that were out of service, and are in service again'),
  others: z.array(z.string()).describe('outages that hold or are announced for other parts of the pool'),
})

export type OutageView = z.output<typeof outageView>

/** What the allocator is told goes out of service. */
export function scopeOf(pool: string, { nodes: some, domain }: Part): OutageScope {
  if (some) return { kind: 'nodes', poolId: pool, firstNode: some.first, nodes: some.count }
  if (domain !== undefined) return { kind: 'domain', poolId: pool, domain }
  return { kind: 'pool', poolId: pool }
}

/** A part of a pool, as people and outages call it. */
export function partName(scope: OutageScope): string {
  switch (scope.kind) {
    case 'nodes': {
      const last = scope.firstNode + scope.nodes - 1
      return `${scope.poolId} ${scope.nodes === 1 ? `node ${last}` : `nodes ${scope.firstNode}-${last}`}`
    }
    case 'domain':
      return `${scope.poolId} domain ${scope.domain}`
    case 'pool':
      return scope.poolId
    case 'provider':
      return [scope.provider, scope.region ?? '*'].join('/')
  }
}

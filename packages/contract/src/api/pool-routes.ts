import { z } from 'zod'
import { pageOf, pageQuery } from './page.ts'
import {
  drainRequest,
  drainView,
  failureView,
  nodeState,
  nodeView,
  outageView,
  poolId,
  poolPartRequest,
  poolView,
  returnView,
} from './pool.ts'
import { READERS } from './role.ts'
import { route } from './route.ts'

const OPERATORS = ['operator'] as const

const poolParams = z.strictObject({ pool: poolId })

export const listPools = route({
  id: 'listPools',
  method: 'GET',
  path: '/v1/pools',
  about: 'Pools with what of them is held, free and out of service.',
  may: READERS,
  query: z.strictObject(pageQuery),
  answer: pageOf(poolView),
})

export const listNodes = route({
  id: 'listNodes',
  method: 'GET',
  path: '/v1/pools/{pool}/nodes',
  about:
    'The nodes of a pool with their state and who is there. The slashes in the id of a pool are sent as %2F.',
  may: READERS,
  params: poolParams,
  query: z.strictObject({
    ...pageQuery,
    state: nodeState.exactOptional(),
    domain: z.coerce.number().int().min(0).exactOptional().describe('those of this one alone'),
    block: z.coerce.number().int().min(0).exactOptional().describe('those of its domains alone'),
  }),
  answer: pageOf(nodeView),
})

export const listOutages = route({
  id: 'listOutages',
  method: 'GET',
  path: '/v1/outages',
  about: 'What is out of service together, or is announced to be; single nodes that failed apart.',
  may: READERS,
  query: z.strictObject(pageQuery),
  answer: pageOf(outageView),
})

export const drainPart = route({
  id: 'drainPart',
  method: 'POST',
  path: '/v1/pools/{pool}/drain',
  about:
    'Announces that nodes, a domain or a pool go out of service: what ends before may stay, the rest is stopped then and goes on elsewhere.',
  may: OPERATORS,
  params: poolParams,
  body: drainRequest,
  answer: drainView,
})

export const failPart = route({
  id: 'failPart',
  method: 'POST',
  path: '/v1/pools/{pool}/fail',
  about:
    'Nodes, a domain or a pool are out of service now: who sat there waits again. One node alone counts as failed.',
  may: OPERATORS,
  params: poolParams,
  body: poolPartRequest,
  answer: failureView,
})

export const returnPart = route({
  id: 'returnPart',
  method: 'POST',
  path: '/v1/pools/{pool}/return',
  about: 'Takes back what was drained, or failed, as the same part.',
  may: OPERATORS,
  params: poolParams,
  body: poolPartRequest,
  answer: returnView,
})

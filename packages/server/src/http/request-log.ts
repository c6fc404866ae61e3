import type { FastifyInstance } from 'fastify'
import type { Actor } from '../access/actor.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, once that is known. */
    actor: Actor | undefined
  }
}

/** Refusals and changes are for `info`, and reading for `debug`. The route is logged as the contract has it: an address may hold anything. */
export function logRequests(api: FastifyInstance): void {
  api.decorateRequest('actor', undefined)
  api.addHook('onResponse', async ({ method, routeOptions: { url }, actor, log }, reply) => {
    const level = method === 'GET' && reply.statusCode < 400 ? 'debug' : 'info'
    const { statusCode: status, elapsedTime } = reply
    log[level]({ method, route: url, status, actor: actor?.id, ms: Math.round(elapsedTime) }, 'answered')
  })
}

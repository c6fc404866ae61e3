import { signIn, signOut } from '@offtake/contract/api/session-routes'
import type { FastifyRequest } from 'fastify'
import { sessionCookie } from '../access/session.ts'
import { type Endpoint, endpoint } from './endpoint.ts'
import { whoIs } from './who-is.ts'

/** Browsers sign in and out. */
export function sessionRoutes(clock: () => number): Endpoint[] {
  return [
    endpoint(signIn, async ({ body: { token }, raw: { request, reply, again } }) => {
      request.headers.authorization = `Bearer ${token}`
      const actor = await again()
      const seconds = actor.expiresAt === undefined ? {} : { seconds: (actor.expiresAt - clock()) / 1_000 }
      reply.header('set-cookie', sessionCookie(token, { isSecure: isSecure(request), ...seconds }))
      return { body: whoIs(actor) }
    }),
    endpoint(signOut, async ({ raw: { request, reply } }) => {
      reply.header('set-cookie', sessionCookie('', { isSecure: isSecure(request), seconds: 0 }))
      return { body: {} }
    }),
  ]
}

/** A proxy in front of us says how it was asked. */
function isSecure({ headers, protocol }: FastifyRequest): boolean {
  return protocol === 'https' || headers['x-forwarded-proto'] === 'https'
}

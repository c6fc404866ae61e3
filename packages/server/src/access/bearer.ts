import { timingSafeEqual } from 'node:crypto'
import { sha256 } from '../digest.ts'
import type { Authenticate } from '../http/api.ts'
import { Problem } from '../problem.ts'
import type { Actor } from './actor.ts'

/** Who it is that sends a token: nothing where it is none of those that it knows, a Problem where it is one that is good no more. */
export type Knows = (token: string) => Promise<Actor | undefined>

/** Lets in whoever sends a token that one of these knows, asked in this order. */
export function bearer(...all: readonly Knows[]): Authenticate {
  return async (request) => {
    const [, token] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? []
    if (token === undefined) throw new Problem('unauthorized', 'send a token as Authorization: Bearer')
    for (const knows of all) {
      const actor = await knows(token)
      if (actor) return actor
    }
    throw new Problem('unauthorized', 'nobody knows this token')
  }
}

const ADMIN: Actor = { id: 'admin', roles: ['admin'] }

/** Whoever can read this token, which lies in the server's own folder, may do all. */
export function adminToken(token: string): Knows {
  const expected = sha256(token)
  return async (given) => (timingSafeEqual(sha256(given), expected) ? ADMIN : undefined)
}

import type { FastifyRequest } from 'fastify'
import { sha256 } from '../digest.ts'

/** For how long whoever was let in is counted by its token and not by its address. */
const KNOWN_MS = 60_000
const MOST_KNOWN = 10_000

/** Requests of one address in a second with no token, or with one that let nobody in lately. */
const OF_STRANGERS = 500

/**
 * As whom requests are counted: by the token that lets in, so that one that asks too much slows nobody else; else by the address, so
 * that inventing tokens helps nobody.
 */
export class Senders {
  readonly #clock: () => number
  readonly #known = new Map<string, number>()

  constructor(clock: () => number) {
    this.#clock = clock
  }

  keyOf(request: FastifyRequest): string {
    const key = keyOfToken(request)
    const letInAt = key === undefined ? undefined : this.#known.get(key)
    const isKnown = letInAt !== undefined && this.#clock() - letInAt < KNOWN_MS
    return isKnown && key !== undefined ? key : `from ${request.ip}`
  }

  wasLetIn(request: FastifyRequest): void {
    const key = keyOfToken(request)
    if (key === undefined) return
    this.#known.delete(key)
    this.#known.set(key, this.#clock())
    const [oldest] = this.#known.keys()
    if (this.#known.size > MOST_KNOWN && oldest !== undefined) this.#known.delete(oldest)
  }

  /** How many requests a second are taken of a key. */
  limitOf(key: string, perToken: number): number {
    return key.startsWith('from ') ? Math.min(perToken, OF_STRANGERS) : perToken
  }
}

function keyOfToken({ headers: { authorization } }: FastifyRequest): string | undefined {
  return authorization === undefined ? undefined : sha256(authorization).toString('base64')
}

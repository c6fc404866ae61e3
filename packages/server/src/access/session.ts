import { SESSION_COOKIE } from '@offtake/contract/api/session-routes'
import type { FastifyRequest } from 'fastify'

const LONGEST_SECONDS = 30 * 86_400

/**
 * Whoever is signed in is let in as if its browser had sent the token itself. What changes something is taken from our own pages
 * alone: the browser says whose page asks, and a header with a token goes before a cookie.
 */
export function admitSession({ method, headers }: FastifyRequest): void {
  if (headers.authorization !== undefined) return
  const token = sessionToken(headers.cookie)
  if (token === undefined || (method !== 'GET' && !isOwnPage(headers))) return
  headers.authorization = `Bearer ${token}`
}

/** The cookie of a session; it ends with the token, where that ends first. */
export function sessionCookie(
  token: string,
  { isSecure, seconds = LONGEST_SECONDS }: { readonly isSecure: boolean; readonly seconds?: number },
): string {
  const age = Math.max(0, Math.min(LONGEST_SECONDS, Math.floor(seconds)))
  const secure = isSecure ? '; Secure' : ''
  return `${SESSION_COOKIE}=${encodeURIComponent(token)}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${age}${secure}`
}

function sessionToken(cookie: string | undefined): string | undefined {
  const [, value] = new RegExp(`(?:^|;\\s*)${SESSION_COOKIE}=([^;]+)`).exec(cookie ?? '') ?? []
  try {
    return value === undefined ? undefined : decodeURIComponent(value)
  } catch {
    return undefined
  }
}

function isOwnPage(headers: FastifyRequest['headers']): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  const { origin, host } = headers
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host
}

import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ApiClient } from '@offtake/contract/api/client'
import { readLogin } from './login-file.ts'
import { Told } from './told.ts'

const DEFAULT_URL = 'http://127.0.0.1:7420'

/**
 * The server to talk to: as the environment says (OFFTAKE_URL, OFFTAKE_TOKEN), else as `offtake login` kept it, else the one of this
 * folder, whose token `offtake serve` left in `.offtake`. A token that is kept for one server is sent to no other.
 */
export function connect(): ApiClient {
  const kept = readLogin()
  const url = serverUrl(undefined)
  const token = process.env.OFFTAKE_TOKEN ?? (kept?.url === url ? kept.token : undefined)
  return new ApiClient(url, tokenFor(url, token))
}

/** What no header can carry is stopped here, since whoever else refuses it shows it. */
export function tokenFor(url: string, given: string | undefined): string | undefined {
  const token = given ?? folderToken(url)
  if (token === undefined || /^[\x21-\x7e]+$/.test(token)) return token
  throw new Told({ code: 'unauthorized', detail: 'the token is empty, or has characters that no token has' })
}

/** The address that is given, else that of the environment, else where one is logged in, else the one of this machine. */
export function serverUrl(given: string | undefined): string {
  return (given ?? process.env.OFFTAKE_URL ?? readLogin()?.url ?? DEFAULT_URL).replace(/\/+$/, '')
}

/** Sent with what changes something, so that a command that is repeated by hand is another one, and one that is retried is not. */
export function newKey(): string {
  return randomUUID()
}

/** What `offtake serve` left in this folder, for a server of this machine alone. */
function folderToken(url: string): string | undefined {
  const file = join('.offtake', 'token')
  return isOfThisMachine(url) && existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

export function isOfThisMachine(url: string): boolean {
  return URL.canParse(url) && LOOPBACK.test(new URL(url).hostname)
}

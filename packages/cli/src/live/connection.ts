import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { ApiClient } from '@offtake/contract/api/client'

/** Where a server is and how it knows us. */
interface Login {
  readonly url: string
  readonly token: string
}

const DEFAULT_URL = 'http://127.0.0.1:7420'

/** The file that `offtake login` writes. */
function loginFile(): string {
  return join(process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config'), 'offtake', 'login.json')
}

/**
 * The server to talk to: as the environment says (OFFTAKE_URL, OFFTAKE_TOKEN), else as `offtake login` kept it, else the one of this
 * folder, whose token `offtake serve` left in `.offtake`.
 */
export function connect(): ApiClient {
  const kept = readLogin()
  const url = process.env.OFFTAKE_URL ?? kept?.url ?? DEFAULT_URL
  return new ApiClient(url, process.env.OFFTAKE_TOKEN ?? kept?.token ?? folderToken())
}

/** Sent with what changes something, so that a command that is repeated by hand is another one, and one that is retried is not. */
export function newKey(): string {
  return randomUUID()
}

function readLogin(): Login | undefined {
  const file = loginFile()
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

function folderToken(): string | undefined {
  const file = join('.offtake', 'token')
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}

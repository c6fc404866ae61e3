import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApiClient } from '@offtake/contract/api/client'
import type { Role } from '@offtake/contract/api/role'
import { createToken } from '@offtake/contract/api/token-routes'
import { type ServeOptions, type Serving, serve } from '../serve.ts'
import { writeTemplate } from '../store/template.ts'
import { gpuSupply } from './gpu-supply.ts'

/** A whole server with a small fleet, and clients of every kind of token. */
export interface Served extends Serving {
  /** With the token of the server's folder. */
  readonly admin: ApiClient
  readonly adminToken: string
  /** Makes a token of these roles. */
  readonly token: (actor: string, roles: readonly Role[], tenant?: string) => Promise<string>
  readonly client: (token: string) => ApiClient
}

const ADMIN_TOKEN = 'the-token-of-the-folder'

/** Serves on a database, in memory by default, with these options; what it leaves is gone when it is closed. */
export async function served(options: Partial<ServeOptions> = {}): Promise<Served> {
  // Each server that begins as its copy is there several seconds sooner.
  await writeTemplate()
  const folder = mkdtempSync(join(tmpdir(), 'offtake-served-'))
  const serving = await serve({
    database: 'memory://',
    role: 'all',
    port: 0,
    host: '127.0.0.1',
    speed: 1000,
    token: ADMIN_TOKEN,
    runs: join(folder, 'runs'),
    ...options,
    supply: [...gpuSupply({ domains: 2 }), ...(options.supply ?? [])],
  })
  const client = (token: string): ApiClient => new ApiClient(serving.url, token)
  const admin = client(options.token ?? ADMIN_TOKEN)
  return {
    ...serving,
    admin,
    adminToken: options.token ?? ADMIN_TOKEN,
    client,
    token: async (actor, roles, tenant) => {
      const body = { actor, roles: [...roles], ...(tenant === undefined ? {} : { tenant }) }
      const made = await admin.call(createToken, { body })
      if (!made.ok || made.value.secret === null)
        throw new Error(`no token was made: ${JSON.stringify(made)}`)
      return made.value.secret
    },
    close: async () => {
      await serving.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

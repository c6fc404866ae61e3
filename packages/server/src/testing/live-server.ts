import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApiClient } from '@offtake/contract/api/client'
import { type ServeOptions, type Serving, serve } from '../serve.ts'

export const TOKEN = 'a-token-of-this-test'

/** A whole server of its own folder, and a client that may do everything. */
export interface LiveServer {
  readonly folder: string
  readonly client: ApiClient
  readonly serving: Serving
  /** Ends it, and serves the same folder again. */
  restart(change?: Partial<ServeOptions>): Promise<void>
  stop(): Promise<void>
}

export async function startLiveServer(given: Partial<ServeOptions> = {}): Promise<LiveServer> {
  const folder = mkdtempSync(join(tmpdir(), 'offtake-live-'))
  const begin = (more: Partial<ServeOptions> = {}): Promise<Serving> =>
    serve({
      database: join(folder, 'database'),
      port: 0,
      host: '127.0.0.1',
      speed: 1_000,
      supply: [],
      role: 'all',
      token: TOKEN,
      runs: join(folder, 'runs'),
      ...given,
      ...more,
    })
  let serving = await begin()
  return {
    folder,
    get client() {
      return new ApiClient(serving.url, TOKEN)
    },
    get serving() {
      return serving
    },
    async restart(change) {
      await serving.close()
      serving = await begin(change)
    },
    async stop() {
      await serving.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

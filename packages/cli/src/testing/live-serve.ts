import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServing } from './serving.ts'

/** A server that the command itself started; commands of this process talk to it. */
export interface LiveServe {
  readonly folder: string
  stop(): Promise<void>
}

/** Runs `offtake serve` in a process and a folder of its own, and points OFFTAKE_URL and OFFTAKE_TOKEN at it. */
export async function startLiveServe(...args: readonly string[]): Promise<LiveServe> {
  const folder = mkdtempSync(join(tmpdir(), 'offtake-served-'))
  const { url, stop } = await startServing(folder, args)
  process.env.OFFTAKE_URL = url
  process.env.OFFTAKE_TOKEN = readFileSync(join(folder, '.offtake', 'token'), 'utf8').trim()
  return {
    folder,
    async stop() {
      delete process.env.OFFTAKE_URL
      delete process.env.OFFTAKE_TOKEN
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

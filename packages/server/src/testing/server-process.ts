import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The token that servers of tests know. */
export const TEST_TOKEN = 'a-token-of-this-test'
const PROGRAM = new URL('./serve-process.ts', import.meta.url).pathname

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string
  readonly process: ChildProcess
  /** Ends it as a crash would. */
  readonly kill: () => Promise<void>
}

export interface ServerProcessOptions {
  readonly database: string
  readonly role?: 'all' | 'api' | 'engine'
  readonly runs?: string
}

/** Starts a server with a small fleet, and returns when it is ready. */
export async function startServerProcess({
  database,
  role = 'all',
  runs = mkdtempSync(join(tmpdir(), 'offtake-runs-')),
}: ServerProcessOptions): Promise<ServerProcess> {
  const args = ['--import', 'tsx', '--conditions=offtake-source', PROGRAM, database, TEST_TOKEN, runs, role]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  let said = ''
  for await (const chunk of child.stdout) {
    said += chunk
    if (said.includes('\n')) break
  }
  if (!said.includes('\n')) throw new Error('the server ended before it was ready')
  return {
    url: said.trim(),
    process: child,
    kill: async () => {
      const exit = once(child, 'exit')
      child.kill('SIGKILL')
      await exit
    },
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ApiClient } from '@offtake/contract/api/client'
import type { Role } from '@offtake/contract/api/role'
import { createToken } from '@offtake/contract/api/token-routes'

/** The command as it was built. */
export const OFFTAKE = fileURLToPath(new URL('../../../cli/bin/offtake.js', import.meta.url))
const READY_MS = 60_000

/** A real `offtake serve` in a process of its own, with a folder of its own. */
export interface LiveServer {
  readonly url: string
  readonly token: string
  readonly admin: ApiClient
  /** Makes a token of these roles. */
  readonly tokenOf: (actor: string, roles: readonly Role[], tenant?: string) => Promise<string>
  /** Kills it without a word, and starts it again at the same address. */
  readonly restart: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** Starts `offtake serve`, of a portfolio where one is named. */
export async function liveServer(args: readonly string[] = []): Promise<LiveServer> {
  const folder = mkdtempSync(join(tmpdir(), 'offtake-web-'))
  const port = await freePort()
  const start = (): Promise<ChildProcess> =>
    ready(['serve', ...args, '--data', folder, '--port', String(port)])
  let process = await start()
  const url = `http://127.0.0.1:${port}`
  const token = readFileSync(join(folder, 'token'), 'utf8').trim()
  const admin = new ApiClient(url, token)
  return {
    url,
    token,
    admin,
    tokenOf: async (actor, roles, tenant) => {
      const body = { actor, roles: [...roles], ...(tenant === undefined ? {} : { tenant }) }
      const made = await admin.call(createToken, { body })
      if (!made.ok || made.value.secret === null) throw new Error(`no token: ${JSON.stringify(made)}`)
      return made.value.secret
    },
    restart: async () => {
      await ended(process, 'SIGKILL')
      process = await start()
    },
    stop: async () => {
      await ended(process, 'SIGTERM')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The process once it says that it serves. */
function ready(args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [OFFTAKE, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  return new Promise((resolve, reject) => {
    let said = ''
    const late = setTimeout(() => fail('is not ready'), READY_MS)
    const fail = (why: string): void => {
      clearTimeout(late)
      reject(new Error(`offtake serve ${why}: ${said}`))
    }
    child.stderr.on('data', (text) => {
      said += text
    })
    child.stdout.on('data', (text) => {
      said += text
      if (!said.includes('serves at')) return
      clearTimeout(late)
      resolve(child)
    })
    child.on('exit', () => fail('ended'))
  })
}

function ended(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill(signal)
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { ROOT } from '../../root.ts'
import type { Target } from './load.ts'

const PORTFOLIO = 'portfolio'
const OFFTAKE = join(ROOT, 'packages/cli/bin/offtake.js')

const SETTINGS = `name: Bench
currency: USD
horizon: { start: 2020-01-01, until: 2060-01-01 }
window: { start: 2026-10-05, until: 2026-10-19 }
asOf: 2026-09-30
tenants: [{ id: research }, { id: product }]
`

/** 128,000 accelerators, so that jobs start and the queue stays short. */
const FLEET = `pools:
  - { provider: own, region: here, hardware: h100, nodes: [{ domains: 4000, nodesPerDomain: 4, acceleratorsPerNode: 8 }] }
`

/** A job as the loads submit it. */
export const JOB = { tenant: 'research', accelerators: 1, hardware: ['h100'], duration: '1h' }

/** `offtake serve` in a process of its own. */
export interface LiveServer extends Target {
  /** From the start of the process until it said that it serves. */
  readonly readySeconds: number
  readonly process: ChildProcess
  readonly stop: () => Promise<void>
}

/** Writes what the loads are sent to: a large fleet and two tenants. */
function writePlainFleet(portfolio: string): void {
  mkdirSync(join(portfolio, 'fleet'), { recursive: true })
  writeFileSync(join(portfolio, 'offtake.yaml'), SETTINGS)
  writeFileSync(join(portfolio, 'fleet/pools.yaml'), FLEET)
}

/** Serves a large fleet: on a PostgreSQL, or on a PGlite of its own. */
export async function startLiveServer(
  database?: string,
  writePortfolio?: (folder: string) => Promise<void>,
): Promise<LiveServer> {
  const folder = mkdtempSync(join(tmpdir(), 'offtake-live-'))
  await writePortfolio?.(join(folder, PORTFOLIO))
  const server = await startServerIn(folder, database)
  return {
    ...server,
    stop: async () => {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** One process of it, in a folder that it shares with those that know the same token. */
export async function startServerIn(
  folder: string,
  database?: string,
  role: 'all' | 'api' | 'engine' = 'all',
): Promise<LiveServer> {
  const portfolio = join(folder, PORTFOLIO)
  if (!existsSync(portfolio)) writePlainFleet(portfolio)
  const data = join(folder, 'data')
  const args = [
    OFFTAKE,
    'serve',
    portfolio,
    '--data',
    data,
    '--role',
    role,
    '--port',
    '0',
    '--log-level',
    'error',
    '--requests-per-second',
    '1000000',
  ]
  const env = { ...process.env, ...(database === undefined ? {} : { OFFTAKE_DATABASE: database }) }
  const start = performance.now()
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  for await (const chunk of child.stdout) {
    said += chunk
    if (said.includes('Ctrl-C')) break
  }
  const url = /http:[^\s,;]+/.exec(said)?.[0]
  if (url === undefined) throw new Error('the server ended before it was ready')
  return {
    url,
    token: readFileSync(join(data, 'token'), 'utf8').trim(),
    readySeconds: (performance.now() - start) / 1_000,
    process: child,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exit = once(child, 'exit')
      child.kill('SIGKILL')
      await exit
    },
  }
}

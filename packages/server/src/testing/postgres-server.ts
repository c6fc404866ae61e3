import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/** A real PostgreSQL server of its own folder and port, on this machine's loopback. */
export interface PostgresServer {
  readonly url: (database: string) => string
  readonly process: ChildProcess
  readonly stop: () => Promise<void>
  /** Ends it as a crash would, and brings it up again. */
  readonly kill: () => Promise<void>
  readonly start: () => Promise<void>
}

const DEBIAN = '/usr/lib/postgresql'

/** The folder of PostgreSQL's programs, of the newest version that is installed; nothing where there is none. */
export function postgresPrograms(): string | undefined {
  if (!existsSync(DEBIAN)) return undefined
  const versions = readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a))
  return versions
    .map((version) => join(DEBIAN, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')))
}

const START_MS = 30_000

/** PostgreSQL refuses to run as root, so root lends it to the user that the packages made for it. */
const asUser =
  process.getuid?.() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'] : []

function command(program: string, args: readonly string[]): [string, string[]] {
  const [first = program, ...rest] = [...asUser, program, ...args]
  return [first, rest]
}

export async function startPostgres(programs: string, within = tmpdir()): Promise<PostgresServer> {
  const folder = mkdtempSync(join(within, 'offtake-postgres-'))
  chmodSync(folder, 0o777)
  const data = join(folder, 'data')
  const port = await freePort()
  const [initdb, initArgs] = command(join(programs, 'initdb'), [
    '-D',
    data,
    '-U',
    'offtake',
    '--auth=trust',
    '-N',
  ])
  execFileSync(initdb, initArgs, { stdio: 'ignore' })
  let server: ChildProcess
  const start = async (): Promise<void> => {
    const settings = {
      port,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: folder,
      max_connections: 200,
    }
    const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const [postgres, args] = command(join(programs, 'postgres'), ['-D', data, ...options])
    const giveUp = Date.now() + START_MS
    do {
      server = spawn(postgres, args, { stdio: 'ignore' })
      // After a crash it does not start before the last of its old processes is gone.
    } while (!(await answers(`postgres://offtake@127.0.0.1:${port}/postgres`, server, giveUp)))
  }
  const end = async (signal: 'SIGINT' | 'SIGKILL'): Promise<void> => {
    const exit = new Promise<void>((resolve) => server.once('exit', () => resolve()))
    server.kill(signal)
    await exit
  }
  await start()
  return {
    url: (database) => `postgres://offtake@127.0.0.1:${port}/${database}`,
    get process() {
      return server
    },
    start,
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Whether the server comes to answer; not, where it ends before. */
async function answers(url: string, server: ChildProcess, giveUp: number): Promise<boolean> {
  while (server.exitCode === null && server.signalCode === null) {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.end()
      return true
    } catch (error) {
      if (Date.now() > giveUp) throw error
      await sleep(50)
    }
  }
  return false
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

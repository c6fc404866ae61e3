import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { availableParallelism, hostname } from 'node:os'
import { join } from 'node:path'
import { FakeAdapter } from '@offtake/adapters/fake/control'
import { LocalAdapter } from '@offtake/adapters/local/control'
import type { RunEnd } from '@offtake/adapters/ports'
import { BACKFILL } from '@offtake/core/allocation/policies/backfill'
import type { FastifyInstance } from 'fastify'
import { bearer } from './access/bearer.ts'
import { Reading } from './access/reading.ts'
import { Dispatch } from './engine/dispatch.ts'
import { Engine } from './engine/engine.ts'
import { createApi } from './http/api.ts'
import { auditRoutes } from './http/audit-routes.ts'
import { eventFeed } from './http/event-feed.ts'
import { healthRoutes } from './http/health-routes.ts'
import { jobRoutes } from './http/job-routes.ts'
import { type Database, openDatabase } from './store/database.ts'
import { migrate } from './store/migrate.ts'
import { readTemplate } from './store/template.ts'
import { type Due, Supply } from './supply.ts'
import { THIS_MACHINE, thisMachine } from './this-machine.ts'

export interface ServeOptions {
  /** The URL of a PostgreSQL, or the folder of a PGlite. */
  readonly database: string
  /** 0 for any that is free. */
  readonly port: number
  readonly host: string
  /** How much faster than the real one the clock of simulated pools runs. */
  readonly speed: number
  readonly supply: readonly Due[]
  readonly token: string
  /** The folder of the processes that this machine runs. */
  readonly runs: string
}

export interface Serving {
  readonly url: string
  readonly engine: Engine
  /** Finishes what was acknowledged, and takes no more. */
  readonly close: () => Promise<void>
}

/** Runs the whole control plane in this process: database, engine, adapters, API. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const database = await openDatabase(options.database, await readTemplate())
  await migrate(database)
  const clock = Date.now
  const engine = await Engine.start(database, {
    policy: BACKFILL,
    clock,
    holder: `${hostname()} ${process.pid}`,
  })
  const supply = new Supply(engine, clock, [...thisMachine(availableParallelism()), ...options.supply])
  await supply.start()
  const ended = (end: RunEnd): void => dispatch.report(end)
  const fake = new FakeAdapter(clock, options.speed, ended)
  const local = new LocalAdapter(options.runs, ended)
  const dispatch = new Dispatch(engine, (poolId) => (poolId === THIS_MACHINE.id ? local : fake))
  const api = apiOf(engine, database, options.token)
  const url = await api.listen({ port: options.port, host: options.host })
  return {
    url,
    engine,
    close: async () => {
      await api.close()
      supply.close()
      dispatch.close()
      fake.close()
      local.close()
      await engine.close()
      await database.close()
    },
  }
}

function apiOf(engine: Engine, { db }: Database, token: string): FastifyInstance {
  const feed = eventFeed(engine, db)
  const api = createApi(
    [
      ...jobRoutes(engine, new Reading(db), isSimulated),
      ...feed.endpoints,
      ...auditRoutes(db),
      ...healthRoutes(engine, db),
    ],
    bearer(token),
  )
  api.addHook('preClose', async () => feed.close())
  return api
}

function isSimulated(poolId: string): boolean {
  return poolId !== THIS_MACHINE.id
}

/** The token of a data folder: made when it is first asked for, readable by its owner alone. */
export async function folderToken(folder: string): Promise<string> {
  const file = join(folder, 'token')
  await mkdir(folder, { recursive: true })
  try {
    await writeFile(file, randomBytes(24).toString('base64url'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return (await readFile(file, 'utf8')).trim()
}

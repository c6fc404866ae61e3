import { availableParallelism, hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FileText } from '@offtake/contract/portfolio/file-texts'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { adminToken, bearer } from './access/bearer.ts'
import { passwordsIn } from './access/masked.ts'
import { Oidc, type OidcOptions } from './access/oidc.ts'
import { Reading } from './access/reading.ts'
import { TokenBook } from './access/token-book.ts'
import { campaign } from './engine/campaign.ts'
import type { Engine } from './engine/engine.ts'
import { Seat } from './engine/seat.ts'
import { adapterOf } from './fleet/adapter-of.ts'
import { type Authenticate, createApi } from './http/api.ts'
import { auditRoutes } from './http/audit-routes.ts'
import { deskRoutes } from './http/desk-routes.ts'
import { eventFeed } from './http/event-feed.ts'
import { explanationRoutes } from './http/explanation-routes.ts'
import { fleetMapRoutes } from './http/fleet-map-routes.ts'
import { healthRoutes } from './http/health-routes.ts'
import { jobRoutes } from './http/job-routes.ts'
import { logRoutes } from './http/log-routes.ts'
import { createMetrics } from './http/metrics.ts'
import { overviewRoutes } from './http/overview-routes.ts'
import { poolRoutes } from './http/pool-routes.ts'
import { queueRoutes } from './http/queue-routes.ts'
import { servedRoutes } from './http/served-routes.ts'
import { sessionRoutes } from './http/session-routes.ts'
import { stayRoutes } from './http/stay-routes.ts'
import { tokenRoutes } from './http/token-routes.ts'
import { usageRoutes } from './http/usage-routes.ts'
import { windowRoutes } from './http/window-routes.ts'
import { lead } from './leading.ts'
import { createLog, type LogLevel } from './log.ts'
import { currentVersion, digestOfFiles } from './portfolio/portfolio-store.ts'
import { type Database, openDatabase } from './store/database.ts'
import { migrate } from './store/migrate.ts'
import { readTemplate } from './store/template.ts'
import type { Due } from './supply.ts'
import { thisMachine } from './this-machine.ts'

export interface ServeOptions {
  /** The URL of a PostgreSQL, or the folder of a PGlite. */
  readonly database: string
  /** 0 for any that is free. */
  readonly port: number
  readonly host: string
  /** How much faster than the real one the clock of simulated pools runs. */
  readonly speed: number
  readonly supply: readonly Due[]
  /** The files of a portfolio that is taken in where the database has none. */
  readonly portfolio?: readonly FileText[]
  /** Of how many accelerators one person may change quotas; 0 by default. */
  readonly approvalAbove?: number
  /** Whether this process answers requests alone, or leads too where nobody else does. */
  readonly role: 'all' | 'api' | 'engine'
  /** Where other processes reach this one; its own address by default. */
  readonly advertise?: string
  readonly token: string
  /** An issuer that is trusted too. */
  readonly oidc?: OidcOptions
  /** Requests a second that are taken of one token; 5,000 by default. */
  readonly requestsPerSecond?: number
  /** From which level on its log goes to standard error; nothing by default. */
  readonly logLevel?: LogLevel
  /** The folder of the processes that this machine runs. */
  readonly runs: string
  /** Whether the portfolio's workloads are played from the present on; they are not by default. */
  readonly replay?: boolean
  /** The folder of the web application; without it the API alone is served. */
  readonly pages?: string
}

export interface Serving {
  readonly url: string
  readonly engine: Engine
  /** Whether the database holds the files that were given: `other` where it goes on with its own. */
  readonly portfolio: 'none' | 'same' | 'other'
  /** Finishes what was acknowledged, and takes no more. */
  readonly close: () => Promise<void>
}

const REQUESTS_PER_SECOND = 5_000

/** How long it waits before it tries again to lead where that failed. */
const RETRY_MS = 1_000

/** Runs the control plane in this process, as far as its role goes: database, API, and all that leads. */
export async function serve(options: ServeOptions): Promise<Serving> {
  const database = await openDatabase(options.database, await readTemplate())
  const seat = new Seat(database.db)
  const log = createLog(options.logLevel ?? 'silent', [options.token, ...passwordsIn(options.database)])
  const api = apiOf(seat, database, options, log)
  const stop = new AbortController()
  let led: Promise<void> | undefined
  const close = async (): Promise<void> => {
    await api.close()
    stop.abort()
    await led
    seat.close()
    await database.close()
  }
  try {
    await migrate(database)
    const url = await api.listen({ port: options.port, host: options.host })
    await seat.follow()
    if (options.role !== 'api') led = leadInTurn(database, seat, { ...options, log }, url, stop.signal)
    await Promise.race([untilReady(seat, stop.signal), ...(led ? [led] : [])])
    const portfolio = await comparePortfolio(database, options.portfolio)
    return { url, engine: seat, portfolio, close }
  } catch (error) {
    await close().catch(() => undefined)
    throw error
  }
}

/** Leads whenever nobody else does, until it is told to stop. */
async function leadInTurn(
  database: Database,
  seat: Seat,
  options: ServeOptions & { readonly log: Logger },
  url: string,
  signal: AbortSignal,
): Promise<void> {
  const { advertise, supply, portfolio = [], speed, runs, replay = false, log } = options
  const self = { holder: `${hostname()} ${process.pid}`, address: advertise ?? url }
  const all = [...thisMachine(availableParallelism()), ...supply]
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
  while (!signal.aborted) {
    const elected = await campaign(database, self, signal)
    if (!elected) return
    seat.isComing = true
    try {
      const leading = await lead(database, seat, elected, {
        clock: Date.now,
        speed,
        supply: all,
        portfolio,
        runs,
        replays: replay,
      })
      seat.isComing = false
      await Promise.race([leading.over, stopped])
      await leading.close()
    } catch (error) {
      seat.isComing = false
      await elected.resign()
      // A PGlite has no other process that might lead instead.
      if (database.kind === 'pglite') throw error
      log.error({ err: error }, 'it could not lead, and tries again')
      await sleep(RETRY_MS)
    }
  }
}

async function comparePortfolio(
  { db }: Database,
  files: readonly FileText[] | undefined,
): Promise<Serving['portfolio']> {
  if (files === undefined) return 'none'
  return (await currentVersion(db)).digest === digestOfFiles(files) ? 'same' : 'other'
}

async function untilReady(seat: Seat, signal: AbortSignal): Promise<void> {
  while (!seat.isReady && !signal.aborted) await sleep(READY_LOOK_MS)
}

const READY_LOOK_MS = 20

function apiOf(seat: Seat, { db }: Database, options: ServeOptions, log: Logger): FastifyInstance {
  const feed = eventFeed(seat, db)
  const metrics = createMetrics(seat)
  const reading = new Reading(db, () => seat.allocator.state.tenants)
  const logs = logRoutes(seat, reading)
  const api = createApi(
    [
      ...jobRoutes(seat, reading, (poolId) => adapterOf(poolId).isSimulated),
      ...stayRoutes(seat, db, reading),
      ...explanationRoutes(seat, reading, Date.now),
      ...logs.endpoints,
      ...poolRoutes(seat),
      ...fleetMapRoutes(seat),
      ...windowRoutes(seat),
      ...deskRoutes(seat, db, {
        quotaAbove: options.approvalAbove ?? 0,
        hasIssuer: options.oidc !== undefined,
      }),
      ...servedRoutes(seat, { db, reading, clock: Date.now }),
      ...queueRoutes(seat, reading, Date.now),
      ...usageRoutes(db, reading, Date.now),
      ...overviewRoutes(seat, db, Date.now),
      ...feed.endpoints,
      ...auditRoutes(db),
      ...healthRoutes(seat, db),
      ...metrics.endpoints,
      ...tokenRoutes(seat, db, Date.now),
      ...sessionRoutes(Date.now),
    ],
    {
      authenticate: authenticateBy(db, options),
      answered: metrics.answered,
      isForEngine: options.role === 'engine',
      requestsPerSecond: options.requestsPerSecond ?? REQUESTS_PER_SECOND,
      log,
      ...(options.pages === undefined ? {} : { pages: options.pages }),
    },
  )
  api.addHook('preClose', async () => {
    feed.close()
    logs.close()
  })
  return api
}

function authenticateBy(db: Database['db'], { token, oidc }: ServeOptions): Authenticate {
  const tokens = new TokenBook(db, Date.now)
  const trusted = oidc && new Oidc(oidc, Date.now)
  return bearer(
    adminToken(token),
    (secret) => tokens.knows(secret),
    async (given) => trusted?.knows(given),
  )
}

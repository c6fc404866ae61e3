import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { PGlite, types } from '@electric-sql/pglite'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { lockFolder } from './folder-lock.ts'
import { PgliteDialect } from './pglite-dialect.ts'
import type { Tables } from './tables.ts'

/** A PostgreSQL, in a process of its own or in this one. */
export interface Database {
  readonly kind: 'postgres' | 'pglite'
  /** Of a server, with the name that all connections of this process have there; a PGlite has none. */
  readonly server?: { readonly url: string; readonly connections: string }
  readonly db: Kysely<Tables>
  /** Runs statements that are no single query, such as a migration's. */
  readonly script: (sql: string) => Promise<void>
  readonly close: () => Promise<void>
  /** All of it as a file to begin another one with; of a PGlite alone. */
  readonly dump?: () => Promise<Blob>
}

/** PostgreSQL's own number of the type bigint. */
const BIGINT = 20

const SERVER = /^postgres(ql)?:\/\//

/**
 * Opens the server of a URL, or a PGlite in the folder of a path; `memory://` is a PGlite that leaves nothing behind. A PGlite that
 * is not there yet begins as a copy of the template, where one is given: to make one from nothing takes seconds.
 */
export async function openDatabase(where: string, template?: Blob): Promise<Database> {
  return SERVER.test(where) ? openServer(where) : openPglite(where, template)
}

const CONNECTIONS = 10
const CONNECT_TIMEOUT_MS = 5_000

async function openServer(url: string): Promise<Database> {
  const connections = `offtake-${randomUUID()}`
  const pool = new pg.Pool({
    connectionString: url,
    application_name: connections,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    types: {
      getTypeParser: (oid, format) => (oid === BIGINT ? Number : pg.types.getTypeParser(oid, format)),
    },
  })
  // A connection that breaks is replaced when it is next needed, and who uses it is told by their query; without listeners, of the
  // pool for idle ones and of each for those in use, it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return {
    kind: 'postgres',
    server: { url, connections },
    db,
    script: async (sql) => {
      await pool.query(sql)
    },
    close: () => db.destroy(),
  }
}

async function openPglite(folder: string, template: Blob | undefined): Promise<Database> {
  const isInMemory = folder.startsWith('memory://')
  const unlock = isInMemory ? () => undefined : lockFolder(folder)
  const isNew = isInMemory || !existsSync(folder)
  const parsers = { [types.INT8]: Number }
  const pglite = await PGlite.create(folder, {
    parsers,
    ...(isNew && template ? { loadDataDir: template } : {}),
  })
  const db = new Kysely<Tables>({ dialect: new PgliteDialect(pglite) })
  return {
    kind: 'pglite',
    db,
    script: async (sql) => {
      await pglite.exec(sql)
    },
    dump: () => pglite.dumpDataDir('gzip'),
    close: async () => {
      await db.destroy()
      unlock()
    },
  }
}

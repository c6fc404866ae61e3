import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../store/database.ts'
import { migrate } from '../store/migrate.ts'
import { type PostgresServer, postgresPrograms, startPostgres } from '../testing/postgres-server.ts'
import { Reading } from './reading.ts'

const programs = postgresPrograms()

describe.skipIf(programs === undefined)(
  'on a PostgreSQL where the owner of the database is no superuser',
  () => {
    let server: PostgresServer

    beforeAll(async () => {
      server = await startPostgres(programs ?? '')
    })

    afterAll(() => server.stop())

    async function asRoot(...statements: string[]): Promise<void> {
      const client = new pg.Client({ connectionString: server.url('postgres') })
      await client.connect()
      for (const statement of statements) await client.query(statement)
      await client.end()
    }

    /** Migrates as the owner, and reads as a tenant. */
    async function readsAsTenant(owner: string): Promise<number> {
      const database = await openDatabase(server.url(`of_${owner}`).replace('//offtake@', `//${owner}@`))
      try {
        await migrate(database)
        const reading = new Reading(database.db, () => [])
        const jobs = await reading.as({ id: 'ada', roles: ['tenant'], tenant: 'lab' }, (db) =>
          db.selectFrom('job').selectAll().execute(),
        )
        return jobs.length
      } finally {
        await database.close()
      }
    }

    test('the role of tenants is made where it may make roles, once for all databases of the server', async () => {
      await asRoot('drop role if exists offtake_tenant', 'create role maker login createrole')
      await asRoot('create database of_maker owner maker')
      expect(await readsAsTenant('maker')).toBe(0)
      await asRoot('create role second login createrole superuser', 'create database of_second owner second')
      expect(await readsAsTenant('second')).toBe(0)
    })

    test('where it may not, it is told so, and goes on once somebody else has made the role and lent it', async () => {
      await asRoot('create role plain login', 'create database of_plain owner plain')
      await expect(readsAsTenant('plain')).rejects.toThrow(/offtake_tenant/)
      await asRoot('grant offtake_tenant to plain')
      expect(await readsAsTenant('plain')).toBe(0)
    })

    test('a role of that name that passes by row-level security is not used', async () => {
      await asRoot(
        'alter role offtake_tenant bypassrls',
        'create role wary login',
        'create database of_wary owner wary',
      )
      await asRoot('grant offtake_tenant to wary')
      await expect(readsAsTenant('wary')).rejects.toThrow(/row-level security/)
      await asRoot('alter role offtake_tenant nobypassrls')
    })
  },
)

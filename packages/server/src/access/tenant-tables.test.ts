import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'
import { describeOnEachDatabase } from '../testing/each-database.ts'
import type { Actor } from './actor.ts'
import { Reading } from './reading.ts'

const TENANTS = [
  { id: 'lab', name: 'Lab', quotas: [] },
  { id: 'lab-vision', name: 'Vision', parent: 'lab', quotas: [] },
  { id: 'lab-vision-night', name: 'Night', parent: 'lab-vision', quotas: [] },
  { id: 'rival', name: 'Rival', quotas: [] },
]
const ALL = TENANTS.map(({ id }) => id)

const actorOf = (tenant?: string): Actor => ({
  id: 'someone',
  roles: ['tenant'],
  ...(tenant === undefined ? {} : { tenant }),
})

/** How a row of a tenant comes into each table that tenants can read. */
const PLANT: Readonly<Record<string, (db: Kysely<Tables>, tenant: string) => Promise<unknown>>> = {
  job: (db, tenant) =>
    db
      .insertInto('job')
      .values({
        id: `${tenant}-job`,
        tenant,
        name: `the job of ${tenant}`,
        state: 'waiting',
        priority: 0,
        accelerators: 1,
        spec: '{}',
        submitted_at: 1,
        started_at: null,
        ended_at: null,
        evictions: 0,
        pool: null,
        exit_code: null,
        seq: 1,
      })
      .execute(),
  service: (db, tenant) =>
    db.insertInto('service').values({ id: tenant, tenant, spec: '{}', changed_at: 1 }).execute(),
  usage_span: (db, tenant) =>
    db
      .insertInto('usage_span')
      .values({
        gang: `${tenant}-job`,
        stay: 0,
        n: 0,
        tenant,
        pool: 'own/here/gpu',
        milli: 1_000,
        started_at: 1,
        ended_at: null,
      })
      .execute(),
}

interface TableAccess {
  readonly name: string
  readonly reads: boolean
  readonly writes: boolean
  readonly isSecured: boolean
  readonly policies: number
}

describeOnEachDatabase('what tenants see of the tables', (fresh) => {
  let database: Database
  let reading: Reading
  let tables: readonly TableAccess[]

  beforeAll(async () => {
    database = await fresh()
    reading = new Reading(database.db, () => TENANTS)
    tables = await accessOf(database.db)
  })

  afterAll(() => database.close())

  test('every table is closed to them, or has a policy and rows in this test', () => {
    expect(tables.length).toBeGreaterThan(4)
    expect(tables.filter(({ writes }) => writes)).toEqual([])
    const open = tables.filter(({ reads }) => reads)
    expect(open.filter(({ isSecured, policies }) => !isSecured || policies === 0)).toEqual([])
    expect(open.map(({ name }) => name).sort()).toEqual(Object.keys(PLANT).sort())
  })

  test('a table that is closed cannot be read at all', async () => {
    for (const { name } of tables.filter(({ reads }) => !reads))
      await expect(
        reading.as(actorOf('lab'), (db) => sql`select * from ${sql.table(name)}`.execute(db)),
        name,
      ).rejects.toThrow(/permission denied/)
  })

  test('they write nowhere', async () => {
    for (const { name } of tables)
      await expect(
        reading.as(actorOf('lab'), (db) => sql`delete from ${sql.table(name)}`.execute(db)),
        name,
      ).rejects.toThrow(/permission denied/)
  })
})

describeOnEachDatabase('what tenants see of rows', (fresh) => {
  let database: Database
  let reading: Reading

  beforeAll(async () => {
    database = await fresh()
    reading = new Reading(database.db, () => TENANTS)
    for (const plant of Object.values(PLANT)) for (const tenant of ALL) await plant(database.db, tenant)
  })

  afterAll(() => database.close())

  describe.each(Object.keys(PLANT))('of %s', (table) => {
    const seenBy = async (actor: Actor): Promise<string[]> => {
      const rows = await reading.as(actor, (db) =>
        sql<{ tenant: string }>`select tenant from ${sql.table(table)}`.execute(db),
      )
      return [...new Set(rows.rows.map(({ tenant }) => tenant))].sort()
    }

    test('each sees its own, and that of the tenants below it', async () => {
      expect(await seenBy(actorOf('lab'))).toEqual(['lab', 'lab-vision', 'lab-vision-night'])
      expect(await seenBy(actorOf('lab-vision'))).toEqual(['lab-vision', 'lab-vision-night'])
      expect(await seenBy(actorOf('rival'))).toEqual(['rival'])
    })

    test('one that nobody knows, or that is none, sees nothing', async () => {
      expect(await seenBy(actorOf('nobody'))).toEqual([])
      expect(await seenBy(actorOf())).toEqual([])
      expect(await seenBy(actorOf('{lab,rival}'))).toEqual([])
      expect(await seenBy(actorOf('lab","rival'))).toEqual([])
    })

    test('what a tenant saw leaves no trace for who comes after it', async () => {
      await seenBy(actorOf('lab'))
      expect(await seenBy({ id: 'viewer', roles: ['viewer'] })).toEqual([...ALL].sort())
      await expect(
        reading.as(actorOf('lab'), (db) => sql`select no_such_column from job`.execute(db)),
      ).rejects.toThrow()
      expect(await seenBy({ id: 'viewer', roles: ['viewer'] })).toEqual([...ALL].sort())
      expect(await seenBy(actorOf('rival'))).toEqual(['rival'])
    })
  })
})

async function accessOf(db: Kysely<Tables>): Promise<readonly TableAccess[]> {
  const { rows } = await sql<TableAccess>`
    select
      c.relname as name,
      has_any_column_privilege('offtake_tenant', c.oid, 'select') as reads,
      has_any_column_privilege('offtake_tenant', c.oid, 'insert, update')
        or has_table_privilege('offtake_tenant', c.oid, 'delete, truncate, trigger') as writes,
      c.relrowsecurity as "isSecured",
      (
        select count(*)::int from pg_policy p
        where p.polrelid = c.oid
          and p.polroles @> array[(select oid from pg_roles where rolname = 'offtake_tenant')]
      ) as policies
    from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
    order by 1
  `.execute(db)
  return rows
}

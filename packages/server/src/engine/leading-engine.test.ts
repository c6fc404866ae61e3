import { BACKFILL } from '@offtake/core/allocation/policies/backfill'
import { aGang } from '@offtake/core/testing/gang'
import { expect, test } from 'vitest'
import type { Database } from '../store/database.ts'
import { takeLead } from '../store/leadership.ts'
import { describeOnEachDatabase } from '../testing/each-database.ts'
import { GPU_POOL, gpuSupply } from '../testing/gpu-supply.ts'
import { digestFromZero, digestOfState } from '../testing/state-digest.ts'
import { type EngineOptions, LeadingEngine } from './leading-engine.ts'
import { KeyConflict, Overloaded, Refused, Unavailable } from './order.ts'

const ACTOR = 'anna'

async function start(database: Database, options: Partial<EngineOptions> = {}): Promise<LeadingEngine> {
  const lead = await takeLead(database.db, { holder: 'test', address: '' })
  return LeadingEngine.start(database, lead, { policy: BACKFILL, clock: Date.now, ...options })
}

async function withFleet(database: Database, options: Partial<EngineOptions> = {}): Promise<LeadingEngine> {
  const engine = await start(database, options)
  for (const { command } of gpuSupply({ domains: 2 })) await engine.submit({ command, actor: ACTOR })
  return engine
}

const submission = (id: string, key?: string, accelerators = 1) => ({
  command: { kind: 'submit' as const, gang: aGang(id, { tenant: 'research', each: accelerators }) },
  actor: ACTOR,
  ...(key === undefined ? {} : { key }),
})

describeOnEachDatabase('an engine', (fresh) => {
  test('answers an order when it is in the journal, with what followed from it', async () => {
    const database = await fresh()
    const engine = await withFleet(database)
    const { seq, events } = await engine.submit(submission('one'))
    const row = await database.db
      .selectFrom('journal')
      .selectAll()
      .where('seq', '=', seq)
      .executeTakeFirstOrThrow()
    expect(JSON.parse(row.events)).toEqual(events)
    expect(events.map(({ kind }) => kind)).toEqual(['submitted', 'placed'])
    const job = await database.db.selectFrom('job').selectAll().executeTakeFirstOrThrow()
    expect(job).toMatchObject({
      id: 'one',
      state: 'running',
      tenant: 'research',
      accelerators: 1,
      pool: GPU_POOL.id,
    })
    await database.close()
  })

  test('knows after a restart what it knew before, by its snapshot and the events after it', async () => {
    const database = await fresh()
    const first = await withFleet(database, { snapshotEvery: 10 })
    for (let n = 0; n < 12; n++) await first.submit(submission(`job-${n}`, undefined, 2))
    const digest = digestOfState(first.allocator.state)
    const second = await start(database)
    expect(digestOfState(second.allocator.state)).toBe(digest)
    expect(await digestFromZero(database.db)).toBe(digest)
    expect(await database.db.selectFrom('snapshot').select('seq').execute()).not.toEqual([])
    expect([...second.jobs.alive()]).toHaveLength(12)
    await database.close()
  })

  test('carries out an order once, however often its key comes, together and later and after a restart', async () => {
    const database = await fresh()
    const engine = await withFleet(database)
    const order = submission('once', 'key-1')
    const [one, two] = await Promise.all([engine.submit(order), engine.submit(order)])
    const three = await engine.submit(order)
    const four = await (await start(database)).submit(order)
    expect([two, three, four]).toEqual([one, one, one])
    await database.close()
  })

  test('refuses a key that was used for another order, in the same batch and later', async () => {
    const database = await fresh()
    const engine = await withFleet(database)
    const [good, bad] = await Promise.allSettled([
      engine.submit(submission('one', 'key')),
      engine.submit(submission('two', 'key')),
    ])
    expect([good.status, bad.status]).toEqual(['fulfilled', 'rejected'])
    await expect(engine.submit(submission('three', 'key'))).rejects.toThrow(KeyConflict)
    expect(engine.allocator.state.gangs.size).toBe(1)
    await database.close()
  })
})

describeOnEachDatabase('an engine that cannot do what is asked', (fresh) => {
  test('says why the allocator refuses, and writes nothing of it', async () => {
    const database = await fresh()
    const engine = await withFleet(database)
    const before = engine.seq
    await expect(
      engine.submit({ command: { kind: 'cancel', gangId: 'nobody' }, actor: ACTOR }),
    ).rejects.toEqual(new Refused('unknownGang'))
    expect(engine.seq).toBe(before)
    await database.close()
  })

  test('takes in no more than it can, and loses nothing of what it took', async () => {
    const database = await fresh()
    const engine = await withFleet(database, { queueLimit: 5 })
    const asked = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) => engine.submit(submission(`j${n}`))),
    )
    const refused = asked.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(refused).toHaveLength(3)
    expect(refused.every((reason) => reason instanceof Overloaded)).toBe(true)
    expect(engine.allocator.state.gangs.size).toBe(5)
    await database.close()
  })

  test('writes nothing once another leads, and says that it does not know', async () => {
    const database = await fresh()
    const engine = await withFleet(database)
    const { seq } = engine
    await takeLead(database.db, { holder: 'another', address: '' })
    await expect(engine.submit(submission('late'))).rejects.toThrow(Unavailable)
    expect(engine.isReady).toBe(false)
    const last = await database.db
      .selectFrom('journal')
      .select('seq')
      .orderBy('seq', 'desc')
      .executeTakeFirst()
    expect(last?.seq).toBe(seq)
    await database.close()
  })

  test('keeps its time where the clock jumps back', async () => {
    const database = await fresh()
    let now = 1_800_000_000_000
    const engine = await withFleet(database, { clock: () => now })
    const { at } = await engine.submit(submission('before'))
    now -= 3_600_000
    expect((await engine.submit(submission('after'))).at).toBe(at)
    await database.close()
  })

  test('changes no row of its journal', async () => {
    const database = await fresh()
    await withFleet(database)
    await expect(database.script('update journal set at = 0')).rejects.toThrow('only ever added')
    await expect(database.script('delete from journal')).rejects.toThrow('only ever added')
    await database.close()
  })
})

describeOnEachDatabase('of two orders at once an engine', (fresh) => {
  test('takes nobody for somebody else whose name and key run together with theirs', async () => {
    const database = await fresh()
    const engine = await withFleet(database)
    const orders = [
      { ...submission('one'), actor: 'oidc:ada', key: 'b c' },
      { ...submission('two'), actor: 'oidc:ada b', key: 'c' },
    ]
    const both = await Promise.all(orders.map((order) => engine.submit(order)))
    expect(new Set(both.map(({ seq }) => seq)).size).toBe(2)
    const again = await Promise.all(orders.map((order) => engine.submit(order)))
    expect(again.map(({ seq }) => seq)).toEqual(both.map(({ seq }) => seq))
    await database.close()
  })
})

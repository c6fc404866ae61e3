import { BACKFILL } from '@offtake/core/allocation/policies/backfill'
import { aGang } from '@offtake/core/testing/gang'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { LeadingEngine } from '../engine/leading-engine.ts'
import { describeOnEachDatabase } from '../testing/each-database.ts'
import { gpuSupply } from '../testing/gpu-supply.ts'
import { verifyChain } from './chain.ts'
import type { Database } from './database.ts'
import { takeLead } from './leadership.ts'

/** An engine that has written some entries, of which some have keys. */
async function withEntries(database: Database): Promise<LeadingEngine> {
  const lead = await takeLead(database.db, { holder: 'test', address: '' })
  const engine = await LeadingEngine.start(database, lead, { policy: BACKFILL, clock: Date.now })
  for (const { command } of gpuSupply({ domains: 1 })) await engine.submit({ command, actor: 'anna' })
  for (let n = 0; n < 6; n++) await submit(engine, `early-${n}`)
  return engine
}

function submit(engine: LeadingEngine, id: string) {
  const command = { kind: 'submit' as const, gang: aGang(id, { tenant: 'research', each: 1 }) }
  return engine.submit({ command, actor: 'anna', key: id })
}

/** Whoever owns the tables can do what the database keeps from everybody else. */
const TAMPERED: readonly [string, string, object][] = [
  ['who it was', `update journal set actor = 'nobody' where seq = 3`, { seq: 3, because: 'changed' }],
  ['what followed', `update journal set events = '[]' where seq = 4`, { seq: 4, because: 'changed' }],
  ['its key', `update journal set idempotency_key = 'x' where seq = 5`, { seq: 5, because: 'changed' }],
  [
    'the hash itself',
    `update journal set hash = repeat('0', 64) where seq = 2`,
    { seq: 2, because: 'changed' },
  ],
  ['that it was there', `delete from journal where seq = 3`, { seq: 3, because: 'missing' }],
  ['the last one, which was cut off', `delete from journal where seq = 8`, { seq: 8, because: 'missing' }],
]

describeOnEachDatabase('the journal of all changes', (fresh) => {
  test('is whole, also while more is written', async () => {
    const database = await fresh()
    const engine = await withEntries(database)
    const verdicts: object[] = []
    for (let n = 0; n < 40; n++) {
      const written = Promise.all([0, 1, 2].map((m) => submit(engine, `late-${n}-${m}`)))
      verdicts.push(await verifyChain(database.db))
      await written
    }
    expect(verdicts.filter((verdict) => !('entries' in verdict))).toEqual([])
    const { db } = database
    expect(await verifyChain(db)).toMatchObject({ kind: 'whole', entries: engine.seq })
    await database.close()
  })

  test.each(TAMPERED)(
    'is found to be otherwise by the entry of which somebody changed %s',
    async (_, statement, found) => {
      const database = await fresh()
      await withEntries(database)
      await sql`alter table journal disable trigger user`.execute(database.db)
      await sql.raw(statement).execute(database.db)
      expect(await verifyChain(database.db)).toEqual({ kind: 'broken', ...found })
      await database.close()
    },
  )
})

import { performance } from 'node:perf_hooks'
import { BACKFILL } from '@offtake/core/allocation/policies/backfill'
import { poolOf } from '@offtake/core/capacity/pool'
import { aGang } from '@offtake/core/testing/gang'
import { LeadingEngine } from '@offtake/server/engine/leading-engine'
import { recover } from '@offtake/server/engine/recover'
import { openDatabase } from '@offtake/server/store/database'
import { takeLead } from '@offtake/server/store/leadership'
import { migrate } from '@offtake/server/store/migrate'

const POOL = poolOf({ provider: 'own', region: 'here', hardware: 'gpu', fabric: 'default' })
const EVENTS = 1_000_000
const AT_ONCE = 400

/** Events a second that a restart replays, over a million of them after the last snapshot. */
export async function replayMillion(
  url: string,
): Promise<{ readonly eventsPerSecond: number; readonly seconds: number }> {
  const database = await openDatabase(url)
  await migrate(database)
  await writeEvents(database)
  await database.db.deleteFrom('snapshot').execute()
  const start = performance.now()
  const { replayed } = await recover(database.db, BACKFILL)
  const seconds = (performance.now() - start) / 1_000
  await database.close()
  return { eventsPerSecond: replayed / seconds, seconds: (seconds * EVENTS) / replayed }
}

async function writeEvents(database: Awaited<ReturnType<typeof openDatabase>>): Promise<void> {
  const lead = await takeLead(database.db, { holder: 'bench', address: '' })
  const engine = await LeadingEngine.start(database, lead, { policy: BACKFILL, clock: Date.now })
  const actor = 'bench'
  await engine.submit({
    actor,
    command: { kind: 'setTenants', tenants: [{ id: 'research', name: 'Research', quotas: [] }], noticeMs: 0 },
  })
  await engine.submit({ actor, command: { kind: 'openPool', pool: POOL } })
  const nodes = [{ domains: 500, nodesPerDomain: 1, acceleratorsPerNode: 8, domainsPerBlock: 100 }]
  await engine.submit({ actor, command: { kind: 'addNodes', poolId: POOL.id, nodes } })
  let events = 0
  for (let n = 0; events < EVENTS; n += AT_ONCE) {
    const ids = Array.from({ length: AT_ONCE }, (_, k) => `job-${n + k}`)
    const submitted = ids.map((id) =>
      engine.submit({ actor, command: { kind: 'submit', gang: aGang(id, { tenant: 'research' }) } }),
    )
    const finished = ids.map((gangId) => engine.submit({ actor, command: { kind: 'finish', gangId } }))
    for (const { events: followed } of await Promise.all([...submitted, ...finished]))
      events += followed.length
  }
  await engine.close()
}

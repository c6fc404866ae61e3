import pg from 'pg'
import { type LoadResult, load, type Target } from './load.ts'

const ROWS = 1_000_000

/** Fills the list of jobs of a database that a server has made. */
export async function insertMillionJobs(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  await client.query(
    `insert into job (id, tenant, name, state, priority, accelerators, spec, submitted_at, started_at, ended_at, pool, exit_code, seq)
     select 'old-' || n, 'tenant-' || n % 50, 'train-' || n % 1000,
       (array['finished', 'failed', 'cancelled'])[1 + (n * 7919) % 3], 0, 1 + n % 64, '{}',
       1700000000000 + n * 1000, 1700000000000 + n * 1000, 1700000100000 + n * 1000, 'own/here/h100', 0, 0
     from generate_series(1::bigint, ${ROWS}) as n`,
  )
  await client.query('analyze job')
  await client.end()
}

/** Pages of the list, with and without filters, from its start and from far within. */
export function readJobs(target: Target): Promise<LoadResult> {
  let n = 0
  const cursor = (at: number): string => Buffer.from(JSON.stringify([at, 'old-5'])).toString('base64url')
  const pages = [
    () => '/v1/jobs',
    () => `/v1/jobs?tenant=tenant-${n % 50}`,
    () => '/v1/jobs?state=failed',
    () => `/v1/jobs?tenant=tenant-${n % 50}&state=cancelled`,
    () => `/v1/jobs?cursor=${cursor(1_700_000_000_000 + (n % 1_000) * 1_000_000)}`,
    () => `/v1/jobs?tenant=tenant-${n % 50}&cursor=${cursor(1_700_500_000_000)}`,
  ]
  const next = () => {
    n += 1
    return { path: pages[n % pages.length]?.() ?? '/v1/jobs' }
  }
  return load(target, next, { seconds: 6, connections: 4 })
}

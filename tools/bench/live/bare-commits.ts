import { performance } from 'node:perf_hooks'
import pg from 'pg'

const SECONDS = 4
const CONNECTIONS = 16

/** Rows a second that a PostgreSQL commits one by one, each in a transaction of its own: what there is to gain by committing together. */
export async function bareCommits(url: string): Promise<number> {
  const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS })
  // The server may end connections before they have said goodbye.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  await pool.query('create table if not exists bare (id bigserial primary key, body text not null)')
  const body = 'x'.repeat(800)
  const start = performance.now()
  let rows = 0
  const client = async (): Promise<void> => {
    while (performance.now() < start + SECONDS * 1_000) {
      await pool.query('insert into bare (body) values ($1)', [body])
      rows += 1
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, client))
  const perSecond = rows / ((performance.now() - start) / 1_000)
  await pool.end()
  return perSecond
}

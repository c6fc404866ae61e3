import { sql } from 'kysely'
import { startProblem } from './start-problem.ts'
import { openDatabase } from './store/database.ts'
import { pendingMigrations } from './store/migrate.ts'

const OLDEST = 14

/** Whether a PostgreSQL is fit to be served on; changes nothing in it. */
export async function examine(url: string): Promise<{ readonly isGood: boolean; readonly found: string }> {
  const database = await openDatabase(url)
  try {
    const { rows } = await sql<{ version: string; synchronous: string; fsync: string }>`
      select current_setting('server_version') as version, current_setting('synchronous_commit') as synchronous,
        current_setting('fsync') as fsync
    `.execute(database.db)
    const [{ version = '', synchronous = '', fsync = '' } = {}] = rows
    const pending = await pendingMigrations(database)
    const wrong = [
      Number.parseInt(version, 10) < OLDEST ? `version ${OLDEST} or later is needed` : [],
      fsync === 'off' ? 'fsync is off, so that what was acknowledged may be lost' : [],
      synchronous === 'off' ? 'synchronous_commit is off, so that what was acknowledged may be lost' : [],
    ].flat()
    const state =
      pending === 0 ? 'its tables are up to date' : `${pending} migrations are applied by the next start`
    return {
      isGood: wrong.length === 0,
      found:
        wrong.length === 0 ? `PostgreSQL ${version}; ${state}` : `PostgreSQL ${version}: ${wrong.join('; ')}`,
    }
  } catch (error) {
    return {
      isGood: false,
      found: startProblem(error) ?? (error instanceof Error ? error.message : String(error)),
    }
  } finally {
    await database.close()
  }
}

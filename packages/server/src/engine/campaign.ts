import { setTimeout as sleep } from 'node:timers/promises'
import type { Database } from '../store/database.ts'
import type { Lead } from '../store/journal.ts'
import { type Leader, LeaderLock, takeLead } from '../store/leadership.ts'

/** How often who stands by looks whether nobody leads. */
const LOOK_MS = 100
/** How soon the locks are free of a leader whose connections were ended. */
const FREE_MS = 20
/** How long it waits before it asks again for a database that did not answer. */
const AWAY_MS = 500

/** The lead, and what is let go of with it. */
export interface Elected {
  readonly lead: Lead
  readonly resign: () => Promise<void>
}

/** Stands by until nobody leads, and takes the lead then; nothing where it is told to stop. */
export async function campaign(
  { db, server }: Database,
  self: Leader,
  signal: AbortSignal,
): Promise<Elected | undefined> {
  // A PGlite belongs to one process alone.
  if (server === undefined) return { lead: await takeLead(db, self), resign: async () => undefined }
  let lock: LeaderLock | undefined
  while (!signal.aborted) {
    try {
      if (lock === undefined || lock.isLost) lock = await LeaderLock.connect(server)
      if (await lock.tryTake()) {
        const held = lock
        return { lead: await takeLead(db, self, server.connections), resign: () => held.close() }
      }
      await pause((await lock.endExpired()) ? FREE_MS : LOOK_MS, signal)
    } catch {
      await lock?.close()
      lock = undefined
      await pause(AWAY_MS, signal)
    }
  }
  await lock?.close()
  return undefined
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined)
}

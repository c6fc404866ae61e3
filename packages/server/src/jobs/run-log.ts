import { setTimeout as sleep } from 'node:timers/promises'
import type { Adapter } from '@offtake/adapters/ports'
import type { Seat } from '../engine/seat.ts'

/** How often it looks whether a process has said more. */
const LOOK_MS = 200

/** What one run has said: read from wherever it is kept. */
export interface RunLog {
  readonly stay: number
  /** What was said from a byte on; empty where nothing was yet. */
  readonly read: (from: number) => Promise<Buffer>
}

/** The log of one stay of a gang, or of its latest that has one; nothing where nothing real ran. */
export async function findLog(
  adapters: readonly Adapter[],
  gangId: string,
  latest: number,
  stay?: number,
): Promise<RunLog | undefined> {
  // One that waits again has no log of its next stay yet.
  const stays = stay === undefined ? [latest, latest - 1].filter((one) => one >= 0) : [stay]
  for (const one of stays)
    for (const adapter of adapters) {
      const run = { gangId, stay: one }
      if ((await adapter.log?.(run, 0)) === undefined) continue
      return { stay: one, read: async (from) => (await adapter.log?.(run, from)) ?? Buffer.alloc(0) }
    }
  return undefined
}

/** All that was said so far. */
export async function* readWhole({ read }: RunLog): AsyncGenerator<Buffer> {
  let from = 0
  for (let piece = await read(from); piece.length > 0; piece = await read(from)) {
    yield piece
    from += piece.length
  }
}

/** What is said as it is said, on whatever stay that is, until the gang has ended. */
export async function* follow(
  seat: Seat,
  gangId: string,
  first: RunLog,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  let log = first
  let from = 0
  while (!signal.aborted) {
    // Looked at before the log is read: what it says after its end is nothing.
    const gang = seat.allocator.state.gangs.get(gangId)
    const piece = await log.read(from)
    if (piece.length > 0) {
      yield piece
      from += piece.length
      continue
    }
    const mayHaveGoneOn = !gang || gang.evictions > log.stay
    const next = mayHaveGoneOn ? await findLog(seat.adapters, gangId, log.stay + 1, log.stay + 1) : undefined
    if (next) {
      log = next
      from = 0
    } else if (!gang) return
    else await sleep(LOOK_MS)
  }
}

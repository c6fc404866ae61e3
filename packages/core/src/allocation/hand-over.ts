import type { Instant } from '../base/instant.ts'
import type { Part } from './events.ts'
import type { GangState } from './gang-state.ts'
import { KeptRoom } from './kept-room.ts'
import { heldIn, noteKept } from './opening.ts'
import type { PoolState } from './pool-state.ts'

/** Room that is kept for an owner's gang until borrowers have handed over what is missing of it. */
export interface HandOver {
  readonly owner: GangState
  /** Where the gang will sit. */
  readonly parts: readonly Part[]
  /** When the last of it is handed over, at the latest. */
  readonly by: Instant
  /** Whom it asks back from, those first that lose least. */
  readonly victims: Set<GangState>
  readonly rooms: ReadonlyMap<PoolState, KeptRoom>
}

/** Keeps what is free of it from now on. */
export function openHandOver(
  owner: GangState,
  parts: readonly Part[],
  by: Instant,
  poolOf: (id: string) => PoolState,
): HandOver {
  const rooms = new Map<PoolState, KeptRoom>()
  for (const part of parts) {
    const pool = poolOf(part.poolId)
    const room = rooms.get(pool) ?? new KeptRoom(pool)
    rooms.set(pool, room)
    room.want(part)
  }
  for (const [pool, room] of rooms) {
    room.grab()
    pool.kept.push(room)
    noteKept(pool, heldIn(pool, { parts }))
  }
  return { owner, parts, by, victims: new Set(), rooms }
}

/** Gives back what was kept. Whoever else waits for it there gets it by `settleKept`. */
export function closeHandOver({ rooms }: HandOver): void {
  for (const [pool, room] of rooms) {
    room.giveBack()
    pool.kept.splice(pool.kept.indexOf(room), 1)
    pool.openings.clear()
  }
}

/** Lets those for whom room is kept in the pool hold what has become free, in the order in which they asked. */
export function settleKept(pool: PoolState): void {
  if (pool.kept.length === 0) return
  for (const room of pool.kept) if (!room.isComplete) room.grab()
  pool.openings.clear()
}

export function isComplete({ rooms }: HandOver): boolean {
  for (const room of rooms.values()) if (!room.isComplete) return false
  return true
}

/** Whether the gang's end would free something that is missing. */
export function isServedBy({ rooms }: HandOver, gang: GangState): boolean {
  for (const [pool, room] of rooms) {
    for (const part of gang.parts) if (part.poolId === pool.pool.id && room.isServedBy(part)) return true
  }
  return false
}

/** The pool in which the owner asks: that of its first accelerators. */
export function anchorOf({ parts }: Pick<HandOver, 'parts'>): string {
  return (parts.find(({ runs }) => runs.length > 0) ?? parts[0])?.poolId ?? ''
}

import { type Seating, setEnd } from '../elastic/resize.ts'
import type { AllocationEvent, Part } from '../events.ts'
import { type GangState, goBackToSave } from '../gang-state.ts'
import { settleKept } from '../hand-over.ts'

type Moved = Extract<AllocationEvent, { kind: 'moved' }>

/** Evolves the state by a change of place: the gang goes on there at its smallest size, from its last save. */
export function reseat(
  state: Seating,
  gang: GangState,
  { at, parts, borrowed }: Moved,
  hold: (part: Part, sign: 1 | -1) => void,
): void {
  const before = state.poolsOf(gang.parts)
  state.money?.hold(gang, at, -1)
  for (const pool of before) pool.running.remove(gang)
  state.growth.noteEnd(gang, (id) => state.pool(id))
  for (const part of gang.parts) hold(part, -1)
  goBackToSave(gang, at)
  gang.resizes += 1
  gang.parts = parts
  gang.borrowed = borrowed
  for (const part of parts) hold(part, 1)
  state.growth.noteStart(gang)
  state.money?.hold(gang, at, 1)
  setEnd(state, gang)
  const after = state.poolsOf(parts)
  for (const pool of after) pool.running.add(gang)
  for (const pool of new Set([...before, ...after])) {
    pool.openings.clear()
    settleKept(pool)
  }
}

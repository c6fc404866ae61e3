import type { Pool } from './pool.ts'
import type { Upkeep } from './upkeep.ts'

/** The upkeep of one pool, or of all pools of one hardware. */
export interface StatedUpkeep extends Upkeep {
  readonly pool?: string
  readonly hardware?: string
}

/** The pool with what is said of it, else of its hardware. */
export function withUpkeep(pool: Pool, stated: readonly StatedUpkeep[]): Pool {
  const said =
    stated.find((each) => each.pool === pool.id) ?? stated.find((each) => each.hardware === pool.hardware)
  if (!said) return pool
  const { pool: _, hardware: __, ...upkeep } = said
  return { ...pool, upkeep }
}

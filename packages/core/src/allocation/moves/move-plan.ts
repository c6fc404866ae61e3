import type { Part } from '../events.ts'

/** Which running gangs move, so that a waiting one starts at once. */
export interface MovePlan {
  /** Who starts, and where. */
  readonly gangId: string
  readonly parts: readonly Part[]
  /** Each goes on in room that is free before anybody has moved, so that they may move in any order. */
  readonly moves: readonly PlannedMove[]
}

export interface PlannedMove {
  readonly gangId: string
  readonly from: readonly Part[]
  readonly to: readonly Part[]
}

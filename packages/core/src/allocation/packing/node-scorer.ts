import type { PodKind } from './pod-kind.ts'

/** How good a node is for a kind of pod, by the state of that node alone. */
export interface NodeScorer {
  /** Higher is better; NEVER where the kind does not fit. Memory and models are looked at by the board. */
  score(node: number, kind: PodKind): number
  /** The slot that the last score is for; −1 where the kind takes no share. */
  readonly slot: number
  /** Which kinds of room that is to be kept the placement of the last score would break up, one bit each. */
  readonly breaks: number
}

export const NEVER = Number.NEGATIVE_INFINITY

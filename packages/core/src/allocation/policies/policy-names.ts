import { BACKFILL } from './backfill.ts'
import { BALANCED } from './balanced.ts'
import { CONSERVATIVE } from './conservative.ts'
import { FIFO } from './fifo.ts'
import { LAS_2D } from './las-2d.ts'
import type { QueuePolicy } from './queue-policy.ts'
import { QUICKEST } from './quickest.ts'
import { SRSF } from './srsf.ts'
import { SRTF } from './srtf.ts'

/** Every policy by the name that it is asked for. */
export const POLICIES = {
  default: BACKFILL,
  fifo: FIFO,
  conservative: CONSERVATIVE,
  srtf: SRTF,
  srsf: SRSF,
  'las-2d': LAS_2D,
  quickest: QUICKEST,
  balanced: BALANCED,
} as const satisfies Readonly<Record<string, QueuePolicy>>

export type PolicyName = keyof typeof POLICIES

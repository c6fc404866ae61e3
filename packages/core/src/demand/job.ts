import type { Instant } from '../base/instant.ts'
import type { Gang } from './gang.ts'

/** A gang that arrives once and ends when its work is done. */
export interface Job {
  readonly gang: Gang
  readonly submitted: Instant
  /** Its true running time on hardware of speed 1: known to the simulation, never to the allocator. */
  readonly workMs: number
}

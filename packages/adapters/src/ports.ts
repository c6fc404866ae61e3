import type { JobSpec } from '@offtake/contract/api/job'
import type { Part } from '@offtake/core/allocation/events'
import type { Instant } from '@offtake/core/base/instant'

/** One stay of a gang: it may be stopped and start again elsewhere, and is then another run. */
export interface RunName {
  readonly gangId: string
  /** How often it was evicted before. */
  readonly stay: number
}

/** A stay with all that is needed to run it. */
export interface Run extends RunName {
  readonly parts: readonly Part[]
  readonly placedAt: Instant
  /** Relative to the hardware that durations are stated for. */
  readonly speed: number
  /** What it has saved before, in ms at speed 1. */
  readonly keptMs: number
  readonly spec: JobSpec
}

/** How a run came to its end by itself. */
export interface RunEnd extends RunName {
  /** 0 where all went well, as always where nothing real ran. */
  readonly exitCode: number
}

/**
 * What makes gangs run where the allocator placed them. It is told only what is durable, and may be told twice: to start what
 * runs, or stop what has stopped, changes nothing.
 */
export interface Adapter {
  readonly kind: string
  /** Whether what it runs is real. */
  readonly isSimulated: boolean
  start(run: Run): void
  stop(run: RunName): void
  /** What a run has said from a byte on, a piece of it at most; nothing where no such run is known here. */
  log?(run: RunName, from: number): Promise<Buffer | undefined>
  /** Lets go of everything without stopping it. */
  close(): void
}

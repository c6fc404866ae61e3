import type { NodeRun } from './events.ts'

/** What a pool keeps by node beside its accelerators; its free index tells it of every change of what is free. */
export interface BesideAccelerators {
  /** What is free on these nodes has changed. */
  changed(first: number, until: number): void
  /** Holds, or with −1 gives back, what the runs take beside whole accelerators. */
  hold(runs: readonly NodeRun[], sign: 1 | -1): void
}

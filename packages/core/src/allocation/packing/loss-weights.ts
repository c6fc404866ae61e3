import type { PodClass } from './pod-kind.ts'

/** How much each loss on a node counts when a pod of one class is placed. All losses are in milli of accelerator. */
export interface LossWeights {
  /** Idle milli that the next typical pod cannot use. */
  readonly fragmentation: number
  /** Milli without the CPU that slim, middling and CPU-hungry pods bring along. */
  readonly strandedSlim: number
  readonly strandedMiddling: number
  readonly strandedHungry: number
  /** Idle milli when the node is filled up with one kind. */
  readonly oneKindFill: number
  /** Milli of remnants for which no shares of the mix pay; only shares change those. */
  readonly remnant: number
  /** Milli of accelerators that nobody uses yet: below zero, breaking one open costs so much. */
  readonly fresh: number
}

/**
 * The weights of every class of pod. Only their ratios within a class matter. They were found by an evolution strategy that
 * replayed arrivals drawn from the openb mixes of Alibaba's cluster trace, several mixes at once, in orders of its own; the
 * losses that they weigh are worked out anew from whatever mix is given.
 */
export const GENERAL_WEIGHTS: Readonly<Record<PodClass, LossWeights>> = {
  cpuOnly: {
    fragmentation: 1.68,
    strandedSlim: 0.83,
    strandedMiddling: 0.1,
    strandedHungry: 0.84,
    oneKindFill: 0.9,
    remnant: 0,
    fresh: 0,
  },
  share: {
    fragmentation: 0.11,
    strandedSlim: 1.64,
    strandedMiddling: 0.89,
    strandedHungry: 0.41,
    oneKindFill: -0.28,
    remnant: 2.75,
    fresh: -0.4,
  },
  whole: {
    fragmentation: 0.84,
    strandedSlim: 1.69,
    strandedMiddling: 0.09,
    strandedHungry: 3.04,
    oneKindFill: 0.29,
    remnant: 0,
    fresh: 0,
  },
  several: {
    fragmentation: -0.29,
    strandedSlim: 1.51,
    strandedMiddling: 0.67,
    strandedHungry: 0.44,
    oneKindFill: 0.08,
    remnant: 0,
    fresh: 0,
  },
}

import type { PodKind, PodMix } from './pod-kind.ts'

/** A kind that is asked for often, with its probability among the typical pods. */
export interface TypicalPod {
  readonly kind: PodKind
  readonly probability: number
}

const TYPICAL_SHARE = 0.95

/**
 * The most frequent kinds that together make up 95 % of the pods (FGD: Weng et al., Beware of Fragmentation, ATC'23). Of kinds
 * asked for equally often the larger goes first: by CPU, share, accelerators, then by their order in the mix.
 */
export function typicalPods(mix: PodMix): TypicalPod[] {
  const total = mix.reduce((sum, { count }) => sum + count, 0)
  const sorted = [...mix].sort((a, b) => b.count - a.count || largerFirst(a.kind, b.kind))
  let counted = 0
  const chosen: PodMix[number][] = []
  for (const entry of sorted) {
    chosen.push(entry)
    counted += entry.count
    if (counted / total >= TYPICAL_SHARE) break
  }
  // A share of all pods first, then of the typical ones: the published scores depend on this rounding.
  return chosen.map(({ kind, count }) => ({ kind, probability: count / total / (counted / total) }))
}

function largerFirst(a: PodKind, b: PodKind): number {
  return b.cpuMilli - a.cpuMilli || b.milliEach - a.milliEach || b.accelerators - a.accelerators
}

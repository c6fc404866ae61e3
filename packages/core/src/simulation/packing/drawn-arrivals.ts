import { type PackedNode, WHOLE_MILLI } from '../../allocation/packing/packing-fleet.ts'
import { milliOf, type PodKind, type Pods } from '../../allocation/packing/pod-kind.ts'
import type { Prng } from '../../base/prng.ts'

export interface DrawnArrivals {
  readonly pods: Pods
  /** The nodes in the order in which ties are broken. */
  readonly nodes: Int32Array
}

/**
 * The known pods in an order of their own, over and over, until they ask for `asked` times the fleet. Every pod comes once before
 * any comes twice, so that the mix stays as it is known.
 */
export function drawArrivals(
  known: Pods,
  fleet: readonly PackedNode[],
  asked: number,
  chance: Prng,
): DrawnArrivals {
  const wanted = asked * WHOLE_MILLI * fleet.reduce((sum, { accelerators }) => sum + accelerators, 0)
  const deck = shuffled(known.kindOf.length, chance)
  const drawn: number[] = []
  for (let milli = 0, at = 0; milli < wanted && hasDemand(known); at++) {
    const pod = deck[at % deck.length] as number
    drawn.push(pod)
    milli += milliOf(known.kinds[known.kindOf[pod] as number] as PodKind)
  }
  const pods = shuffled(drawn.length, chance).map((at) => drawn[at] as number)
  return {
    pods: {
      kinds: known.kinds,
      kindOf: pods.map((pod) => known.kindOf[pod] as number),
      memoryMiB: pods.map((pod) => known.memoryMiB[pod] as number),
    },
    nodes: shuffled(fleet.length, chance),
  }
}

function hasDemand({ kinds, kindOf }: Pods): boolean {
  return kindOf.some((kind) => milliOf(kinds[kind] as PodKind) > 0)
}

/** The numbers below `length`, each order equally likely (Fisher and Yates). */
function shuffled(length: number, chance: Prng): Int32Array {
  const order = Int32Array.from({ length }, (_, at) => at)
  for (let last = length - 1; last > 0; last--) {
    const other = chance.below(last + 1)
    const moved = order[last] as number
    order[last] = order[other] as number
    order[other] = moved
  }
  return order
}

import { BestFit } from './best-fit.ts'
import { FragmentationGradient } from './fgd.ts'
import { knowMix, LeastLoss } from './least-loss.ts'
import { type PackedNode, PackingFleet } from './packing-fleet.ts'
import type { PodKind, PodMix } from './pod-kind.ts'
import { PodPlacer } from './pod-placer.ts'
import { PodRoom } from './pod-room.ts'
import { typicalPods } from './typical-pods.ts'

export const PACKING_POLICIES = ['best-fit', 'fgd', 'least-loss'] as const
export type PackingPolicy = (typeof PACKING_POLICIES)[number]

export interface Packing {
  readonly fleet: PackingFleet
  readonly placer: PodPlacer
}

/** What the policies of one fleet and mix have in common, so that many runs work it out once. */
export class PackingPlan {
  readonly #built: readonly PackedNode[]
  readonly #kinds: readonly PodKind[]
  readonly #mix: PodMix
  readonly #knowledge: ReturnType<typeof knowMix>

  constructor(built: readonly PackedNode[], kinds: readonly PodKind[], mix: PodMix) {
    this.#built = built
    this.#kinds = kinds
    this.#mix = mix
    this.#knowledge = knowMix(mix, built)
  }

  /** An empty fleet on which pods are placed by the policy. */
  begin(policy: PackingPolicy, order: Int32Array): Packing {
    const fleet = new PackingFleet(this.#built)
    const parts = { fleet, kinds: this.#kinds, order }
    switch (policy) {
      case 'best-fit':
        return { fleet, placer: new PodPlacer({ ...parts, scorer: new BestFit(fleet) }) }
      case 'fgd': {
        const scorer = new FragmentationGradient(fleet, typicalPods(this.#mix))
        return { fleet, placer: new PodPlacer({ ...parts, scorer }) }
      }
      case 'least-loss': {
        const room = new PodRoom(fleet, this.#mix)
        return {
          fleet,
          placer: new PodPlacer({ ...parts, scorer: new LeastLoss(fleet, this.#knowledge, room), room }),
        }
      }
    }
  }
}

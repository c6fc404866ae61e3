import { Fragmentation } from './fragmentation.ts'
import { GENERAL_WEIGHTS, type LossWeights } from './loss-weights.ts'
import { NEVER, type NodeScorer } from './node-scorer.ts'
import { OneKindFill } from './one-kind-fill.ts'
import { type FreeSlots, type PackedNode, WHOLE_MILLI } from './packing-fleet.ts'
import { classOf, POD_CLASSES, type PodClass, type PodKind, type PodMix } from './pod-kind.ts'
import type { PodRoom } from './pod-room.ts'
import { remnantWorth } from './share-prices.ts'
import { cpuRatios, strandedMilli } from './stranding.ts'
import { typicalPods } from './typical-pods.ts'

/** The place of each class in POD_CLASSES. */
const CLASS_INDEX = { cpuOnly: 0, share: 1, whole: 2, several: 3 } as const

/** What the losses need to know of the mix; it depends on no weight and can be shared by many runs. */
export interface MixKnowledge {
  readonly fragmentation: Fragmentation
  readonly oneKindFill: OneKindFill
  readonly worth: Float64Array
  readonly ratios: readonly [number, number, number]
}

export function knowMix(mix: PodMix, shapes: readonly PackedNode[]): MixKnowledge {
  const fragmentation = new Fragmentation(typicalPods(mix), shapes)
  return {
    fragmentation,
    oneKindFill: new OneKindFill(mix),
    worth: remnantWorth(mix),
    ratios: cpuRatios(mix),
  }
}

/**
 * Puts a pod where the fleet loses least: each node is worth its free milli less what is likely to stay idle, and the score
 * is how much of that loss the placement adds, weighted by the class of the pod. A share tries every different slot of the node.
 */
export class LeastLoss implements NodeScorer {
  readonly #fleet: FreeSlots
  readonly #knowledge: MixKnowledge
  readonly #room: PodRoom
  readonly #weights: readonly LossWeights[]
  /** Per class, what a single slot loses by its free milli. */
  readonly #slotLoss: readonly Float64Array[]
  readonly #after: Int32Array
  /** Per class and node the loss as it stands, and the version of the node that it is for. */
  readonly #loss: Float64Array
  readonly #lossVersion: Int32Array
  slot = -1
  breaks = 0

  constructor(
    fleet: FreeSlots,
    knowledge: MixKnowledge,
    room: PodRoom,
    weights: Readonly<Record<PodClass, LossWeights>> = GENERAL_WEIGHTS,
  ) {
    this.#fleet = fleet
    this.#knowledge = knowledge
    this.#room = room
    this.#weights = POD_CLASSES.map((podClass) => weights[podClass])
    this.#slotLoss = this.#weights.map((ofClass) => slotLoss(knowledge.worth, ofClass))
    this.#after = new Int32Array(fleet.slotWidth)
    this.#loss = new Float64Array(POD_CLASSES.length * fleet.nodes)
    this.#lossVersion = new Int32Array(this.#loss.length).fill(-1)
  }

  score(node: number, kind: PodKind): number {
    const fleet = this.#fleet
    const cpuLeft = (fleet.cpuFree[node] as number) - kind.cpuMilli
    this.slot = -1
    this.breaks = 0
    if (cpuLeft < 0) return NEVER
    if (kind.milliEach === WHOLE_MILLI && (fleet.wholeFree[node] as number) < kind.accelerators) return NEVER
    // A node without free milli has nothing to lose.
    if (fleet.milliFree[node] === 0) return kind.accelerators === 0 ? 0 : NEVER
    const podClass = CLASS_INDEX[classOf(kind)]
    const left =
      kind.accelerators > 0 && kind.milliEach < WHOLE_MILLI
        ? this.#leastForShare(podClass, node, cpuLeft, kind.milliEach)
        : this.#forWhole(podClass, node, cpuLeft, kind.accelerators)
    if (left === -NEVER) return NEVER
    this.breaks = this.#room.brokenBy(node, kind, this.slot)
    return this.#before(podClass, node) - left
  }

  #forWhole(podClass: number, node: number, cpuLeft: number, accelerators: number): number {
    const { slotFree, slotWidth, milliFree } = this.#fleet
    const free = (milliFree[node] as number) - accelerators * WHOLE_MILLI
    const first = node * slotWidth
    if (accelerators === 0) return this.#lossOf(podClass, node, cpuLeft, free, slotFree, first)
    const after = this.#after
    for (let slot = 0; slot < after.length; slot++) after[slot] = slotFree[first + slot] as number
    for (let slot = 0, left = accelerators; left > 0; slot++) {
      if (after[slot] !== WHOLE_MILLI) continue
      after[slot] = 0
      left--
    }
    return this.#lossOf(podClass, node, cpuLeft, free, after, 0)
  }

  #leastForShare(podClass: number, node: number, cpuLeft: number, milli: number): number {
    const fleet = this.#fleet
    const { fragmentation, oneKindFill } = this.#knowledge
    const weights = this.#weights[podClass]
    const bySlot = this.#slotLoss[podClass]
    if (weights === undefined || bySlot === undefined) return -NEVER
    const first = node * fleet.slotWidth
    const slots = fleet.slots[node] as number
    let looked = false
    let least = -NEVER
    for (let slot = 0; slot < slots; slot++) {
      const free = fleet.slotFree[first + slot] as number
      if (free < milli || seenBefore(fleet.slotFree, first, slot)) continue
      if (!looked) {
        fragmentation.look(fleet.model[node] as number, cpuLeft, fleet.slotFree, first, slots)
        oneKindFill.look(fleet.model[node] as number, cpuLeft, fleet.slotFree, first, slots)
        looked = true
      }
      let loss = (bySlot[free - milli] as number) - (bySlot[free] as number)
      loss += weights.fragmentation * fragmentation.afterShare(free, free - milli)
      loss += weights.oneKindFill * oneKindFill.afterShare(free, free - milli)
      if (loss >= least) continue
      least = loss
      this.slot = slot
    }
    if (!looked) return -NEVER
    // The stranded milli are the same whichever slot of the node is taken.
    return least + this.#stranded(weights, (fleet.milliFree[node] as number) - milli, cpuLeft)
  }

  #stranded(weights: LossWeights, free: number, cpu: number): number {
    const { ratios } = this.#knowledge
    return (
      weights.strandedSlim * strandedMilli(free, cpu, ratios[0]) +
      weights.strandedMiddling * strandedMilli(free, cpu, ratios[1]) +
      weights.strandedHungry * strandedMilli(free, cpu, ratios[2])
    )
  }

  #before(podClass: number, node: number): number {
    const { nodes, version, cpuFree, milliFree, slotFree, slotWidth } = this.#fleet
    const at = podClass * nodes + node
    const now = version[node] as number
    if (this.#lossVersion[at] !== now) {
      const [cpu, milli] = [cpuFree[node] as number, milliFree[node] as number]
      this.#loss[at] = this.#lossOf(podClass, node, cpu, milli, slotFree, node * slotWidth)
      this.#lossVersion[at] = now
    }
    return this.#loss[at] as number
  }

  /** The loss of a node with this much CPU and these slots; what a slot taken for a share loses is added by the search for the slot. */
  #lossOf(
    podClass: number,
    node: number,
    cpu: number,
    free: number,
    slotFree: Int32Array,
    first: number,
  ): number {
    const weights = this.#weights[podClass]
    if (weights === undefined || free === 0) return 0
    const { fragmentation, oneKindFill } = this.#knowledge
    const model = this.#fleet.model[node] as number
    const slots = this.#fleet.slots[node] as number
    return (
      this.#stranded(weights, free, cpu) +
      weights.fragmentation * fragmentation.of(model, cpu, slotFree, first, slots) +
      weights.oneKindFill * oneKindFill.idle(model, cpu, slotFree, first, slots)
    )
  }
}

function slotLoss(worth: Float64Array, weights: LossWeights): Float64Array {
  return worth.map(
    (value, milli) => weights.remnant * (milli - value) + (milli === WHOLE_MILLI ? weights.fresh * milli : 0),
  )
}

function seenBefore(slotFree: Int32Array, first: number, slot: number): boolean {
  const milli = slotFree[first + slot]
  for (let earlier = first; earlier < first + slot; earlier++) if (slotFree[earlier] === milli) return true
  return false
}

import { ChangedNodes } from './changed-nodes.ts'
import type { NodeScorer } from './node-scorer.ts'
import type { PackingFleet } from './packing-fleet.ts'
import type { PodKind } from './pod-kind.ts'
import type { PodRoom } from './pod-room.ts'
import { numberBuilds, ScoreBoard } from './score-board.ts'

/** Where a pod sits. */
export interface PodPlace {
  readonly node: number
  /** The slots of which it has all or a part, one bit each. */
  readonly slots: number
}

/** Places pods on a fleet by a policy, and takes them away again; a pod that fits is never refused. */
export class PodPlacer {
  readonly #fleet: PackingFleet
  readonly #kinds: readonly PodKind[]
  readonly #board: ScoreBoard
  readonly #changed: ChangedNodes
  readonly #room: PodRoom | undefined

  /** `order` says which node wins a tie; `room` is what the policy keeps for pods that have few places to go. */
  constructor(options: {
    readonly fleet: PackingFleet
    readonly kinds: readonly PodKind[]
    readonly scorer: NodeScorer
    readonly order: Int32Array
    readonly room?: PodRoom
  }) {
    const { fleet, kinds, scorer, order, room } = options
    this.#fleet = fleet
    this.#kinds = kinds
    this.#changed = new ChangedNodes(fleet.nodes)
    const buildOf = numberBuilds(fleet.built)
    this.#board = new ScoreBoard({ fleet, kinds, scorer, order, buildOf, changed: this.#changed })
    this.#room = room
  }

  place(kindAt: number, memoryMiB: number): PodPlace | undefined {
    const fleet = this.#fleet
    const kind = this.#kinds[kindAt] as PodKind
    const kept = this.#room?.kept(fleet.milliTotal - fleet.milliUsed, kind) ?? 0
    const node = this.#board.best(kindAt, memoryMiB, kept)
    if (node < 0) return undefined
    const slots = fleet.slotsFor(node, kind, this.#board.slotFor(kindAt, node))
    this.#change(node, () => fleet.hold(node, kind, memoryMiB, slots))
    return { node, slots }
  }

  /** Puts a pod back where it sat. */
  restore(kindAt: number, memoryMiB: number, { node, slots }: PodPlace): void {
    this.#change(node, () => this.#fleet.hold(node, this.#kinds[kindAt] as PodKind, memoryMiB, slots))
  }

  remove(kindAt: number, memoryMiB: number, { node, slots }: PodPlace): void {
    this.#change(node, () => this.#fleet.release(node, this.#kinds[kindAt] as PodKind, memoryMiB, slots))
  }

  #change(node: number, change: () => void): void {
    this.#room?.leave(node)
    change()
    this.#room?.enter(node)
    this.#changed.add(node)
  }
}

import type { ChangedNodes } from './changed-nodes.ts'
import { NEVER, type NodeScorer } from './node-scorer.ts'
import type { FreeSlots, PackedNode } from './packing-fleet.ts'
import type { PodKind } from './pod-kind.ts'

/** Kinds that differ in their models alone share their scores. All arrays are by rank: the place of a node in the order for ties. */
interface ScoreGroup {
  readonly kind: PodKind
  readonly scores: Float64Array
  readonly slots: Int8Array
  readonly breaks: Int32Array
  /** The ranks at which the kind may fit, ascending: the first `fittingCount`. */
  readonly fitting: Int32Array
  fittingCount: number
  /** The change up to which its scores are right. */
  seen: number
}

/**
 * Remembers the score of every node for every kind of pod, so that an arrival costs one scan of the nodes that it fits, and one
 * new score for each node that has changed since its kind came last: `changed` must be told of every change. The order of earlier operations plays no part: what is
 * remembered equals what would be worked out anew.
 */
export class ScoreBoard {
  readonly #fleet: FreeSlots
  readonly #scorer: NodeScorer
  readonly #kinds: readonly PodKind[]
  /** By kind. */
  readonly #groupOf: readonly number[]
  readonly #groupKinds: readonly PodKind[]
  readonly #groups: (ScoreGroup | undefined)[]
  /** Nodes in the order in which ties are broken, the first one wins. */
  readonly #order: Int32Array
  readonly #rankOf: Int32Array
  readonly #modelByRank: Int32Array
  /** Nodes that were built alike have the same number. */
  readonly #buildOf: Int32Array
  readonly #changed: ChangedNodes
  readonly #spares: ((node: number) => boolean) | undefined

  /** `spares` says which nodes come after all others, whatever their score. */
  constructor(options: {
    readonly fleet: FreeSlots
    readonly kinds: readonly PodKind[]
    readonly scorer: NodeScorer
    readonly order: Int32Array
    readonly buildOf: Int32Array
    readonly changed: ChangedNodes
    readonly spares?: (node: number) => boolean
  }) {
    const { fleet, kinds, scorer, order, buildOf, changed } = options
    this.#fleet = fleet
    this.#scorer = scorer
    this.#kinds = kinds
    this.#order = order
    this.#rankOf = new Int32Array(fleet.nodes)
    order.forEach((node, rank) => {
      this.#rankOf[node] = rank
    })
    this.#modelByRank = order.map((node) => 1 << (fleet.model[node] as number))
    this.#buildOf = buildOf
    this.#changed = changed
    this.#spares = options.spares
    const { groupKinds, groupOf } = groupsOf(kinds)
    this.#groupKinds = groupKinds
    this.#groupOf = groupOf
    this.#groups = groupKinds.map(() => undefined)
  }

  /**
   * The node with the highest score that has the memory and the model, the first in order among equals; −1 where none fits.
   * Nodes where the pod would break up room that is to be kept (`kept`, one bit each) come after all others.
   */
  best(kindAt: number, memoryMiB: number, kept: number): number {
    const kind = this.#kinds[kindAt] as PodKind
    const group = this.#fresh(this.#groupOf[kindAt] as number)
    const { scores, breaks, fitting, fittingCount } = group
    const models = kind.accelerators === 0 ? -1 : kind.models
    const { memoryFree } = this.#fleet
    let still = 0
    let [best, node] = [NEVER, -1]
    let [breaking, breakingNode] = [NEVER, -1]
    for (let at = 0; at < fittingCount; at++) {
      const rank = fitting[at] as number
      const score = scores[rank] as number
      if (score === NEVER) continue
      fitting[still++] = rank
      if (score <= best || (models & (this.#modelByRank[rank] as number)) === 0) continue
      const candidate = this.#order[rank] as number
      const breaksKept = ((breaks[rank] as number) & kept) !== 0 || this.#spares?.(candidate) === true
      if (breaksKept && score <= breaking) continue
      if ((memoryFree[candidate] as number) < memoryMiB) continue
      if (breaksKept) {
        breaking = score
        breakingNode = candidate
      } else {
        best = score
        node = candidate
      }
    }
    group.fittingCount = still
    return node >= 0 ? node : breakingNode
  }

  /** The slot that a share of the kind would take on the node that `best` named. */
  slotFor(kindAt: number, node: number): number {
    const group = this.#groups[this.#groupOf[kindAt] as number]
    return group?.slots[this.#rankOf[node] as number] ?? -1
  }

  #fresh(groupAt: number): ScoreGroup {
    const group = this.#groups[groupAt]
    if (!group) return this.#open(groupAt)
    let hasRoomAgain = false
    for (let node = this.#changed.next(group.seen); node >= 0; node = this.#changed.next(group.seen, node)) {
      const rank = this.#rankOf[node] as number
      const before = group.scores[rank]
      this.#score(group, rank)
      if (before === NEVER && group.scores[rank] !== NEVER) hasRoomAgain = true
    }
    if (hasRoomAgain) {
      for (let rank = 0; rank < this.#fleet.nodes; rank++) group.fitting[rank] = rank
      group.fittingCount = this.#fleet.nodes
    }
    group.seen = this.#changed.now
    return group
  }

  /** Untouched nodes that were built alike score alike. */
  #open(groupAt: number): ScoreGroup {
    const { nodes } = this.#fleet
    const group: ScoreGroup = {
      kind: this.#groupKinds[groupAt] as PodKind,
      scores: new Float64Array(nodes),
      slots: new Int8Array(nodes),
      breaks: new Int32Array(nodes),
      fitting: Int32Array.from({ length: nodes }, (_, rank) => rank),
      fittingCount: nodes,
      seen: this.#changed.now,
    }
    const firstOfBuild = new Map<number, number>()
    for (let rank = 0; rank < nodes; rank++) {
      const node = this.#order[rank] as number
      const build = this.#buildOf[node] as number
      const alike = this.#changed.hasChanged(node) ? undefined : firstOfBuild.get(build)
      if (alike === undefined) {
        this.#score(group, rank)
        if (!this.#changed.hasChanged(node)) firstOfBuild.set(build, rank)
        continue
      }
      group.scores[rank] = group.scores[alike] as number
      group.slots[rank] = group.slots[alike] as number
      group.breaks[rank] = group.breaks[alike] as number
    }
    this.#groups[groupAt] = group
    return group
  }

  #score(group: ScoreGroup, rank: number): void {
    group.scores[rank] = this.#scorer.score(this.#order[rank] as number, group.kind)
    group.slots[rank] = this.#scorer.slot
    group.breaks[rank] = this.#scorer.breaks
  }
}

function groupsOf(kinds: readonly PodKind[]): { groupKinds: PodKind[]; groupOf: number[] } {
  const groupKinds: PodKind[] = []
  const known = new Map<string, number>()
  const groupOf = kinds.map((kind) => {
    const key = [kind.cpuMilli, kind.accelerators, kind.milliEach].join()
    const at = known.get(key) ?? groupKinds.length
    known.set(key, at)
    const memoryMiB = Math.max(groupKinds[at]?.memoryMiB ?? 0, kind.memoryMiB)
    groupKinds[at] = { ...kind, models: -1, memoryMiB }
    return at
  })
  return { groupKinds, groupOf }
}

/** A number for each node, the same for those that were built alike. */
export function numberBuilds(built: readonly PackedNode[]): Int32Array {
  const numbers = new Map<string, number>()
  return Int32Array.from(built, ({ model, accelerators, cpuMilli, memoryMiB }) => {
    const key = [model, accelerators, cpuMilli, memoryMiB].join()
    const number = numbers.get(key) ?? numbers.size
    numbers.set(key, number)
    return number
  })
}

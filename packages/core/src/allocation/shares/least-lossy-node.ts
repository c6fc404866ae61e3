import { knowMix, LeastLoss } from '../packing/least-loss.ts'
import { NEVER, type NodeScorer } from '../packing/node-scorer.ts'
import { type PackedNode, WHOLE_MILLI } from '../packing/packing-fleet.ts'
import type { PodKind } from '../packing/pod-kind.ts'
import { PodRoom } from '../packing/pod-room.ts'
import { numberBuilds, ScoreBoard } from '../packing/score-board.ts'
import type { LearntMix } from './learnt-mix.ts'
import { isForCpuAlone, type MemberNeed } from './member-need.ts'
import type { NodeRoom } from './node-room.ts'

/** Scores that are remembered, in all boards of a pool together. */
const SCORES_MOST = 1 << 22
const BOARDS_LEAST = 8

/**
 * The node of one pool where members that sit together lose least of what the gangs that are to come could use: the losses of
 * packing, worked out from the mix that was learnt. What it remembers equals what would be worked out anew.
 */
export class LeastLossyNode {
  readonly #room: NodeRoom
  readonly #podRoom: PodRoom
  readonly #scorer: NodeScorer
  readonly #order: Int32Array
  readonly #buildOf: Int32Array
  readonly #spares: (node: number) => boolean
  /** The one asked for last comes last. */
  readonly #boards = new Map<string, ScoreBoard>()
  /** The share's slot, after `find`; −1 for other members. */
  slot = -1

  /** `spares` says which nodes are taken only if no other will do. */
  constructor(room: NodeRoom, mix: LearntMix, hardware: string, spares: (node: number) => boolean) {
    const pods = mix.podsOn(hardware, room.slotWidth, (need, members) => podOf(room, need, members))
    this.#room = room
    this.#podRoom = new PodRoom(room, pods)
    this.#scorer = new OnStatedNodes(room, new LeastLoss(room, knowMix(pods, buildsOf(room)), this.#podRoom))
    this.#order = Int32Array.from({ length: room.nodes }, (_, node) => node)
    this.#buildOf = numberBuilds(room.built)
    this.#spares = spares
    room.watcher = this.#podRoom
  }

  /** The node for so many members that must sit together, shares on one accelerator that they do not fill; −1 where none holds them. */
  find(need: MemberNeed, members: number): number {
    this.slot = -1
    const kind = podOf(this.#room, need, members)
    if (need.milli > 0 && kind.milliEach >= WHOLE_MILLI) return -1
    const board = this.#boardFor(kind)
    const kept = this.#podRoom.kept(this.#room.milliFreeInAll, kind)
    const node = board.best(0, kind.memoryMiB, kept)
    if (node >= 0) this.slot = board.slotFor(0, node)
    return node
  }

  #boardFor(kind: PodKind): ScoreBoard {
    const key = [kind.cpuMilli, kind.accelerators, kind.milliEach, kind.memoryMiB].join()
    const known = this.#boards.get(key)
    const board = known ?? this.#newBoard(kind)
    this.#boards.delete(key)
    this.#boards.set(key, board)
    const most = Math.max(BOARDS_LEAST, Math.floor(SCORES_MOST / Math.max(1, this.#room.nodes)))
    for (const oldest of this.#boards.keys()) {
      if (this.#boards.size <= most) break
      this.#boards.delete(oldest)
    }
    return board
  }

  #newBoard(kind: PodKind): ScoreBoard {
    return new ScoreBoard({
      fleet: this.#room,
      kinds: [kind],
      scorer: this.#scorer,
      order: this.#order,
      buildOf: this.#buildOf,
      changed: this.#room.changedNodes,
      spares: this.#spares,
    })
  }
}

/** Members that sit together as one pod. Where no node states its cores each brings as many as go with its accelerators. */
function podOf(room: NodeRoom, need: MemberNeed, members: number): PodKind {
  const isShare = need.milli > 0
  const milli = members * (isShare ? need.milli : need.accelerators * WHOLE_MILLI)
  return {
    cpuMilli: room.statesCores ? members * need.cpuMilli : milli,
    accelerators: isShare ? 1 : members * need.accelerators,
    milliEach: isShare ? milli : isForCpuAlone(need) ? 0 : WHOLE_MILLI,
    models: -1,
    memoryMiB: members * need.memoryMiB,
  }
}

function buildsOf({ built }: NodeRoom): readonly PackedNode[] {
  return [...new Set(built)]
}

/** What needs CPU alone sits where cores are stated, and nothing on a node that is out of service. */
class OnStatedNodes implements NodeScorer {
  readonly #room: NodeRoom
  readonly #scorer: NodeScorer

  constructor(room: NodeRoom, scorer: NodeScorer) {
    this.#room = room
    this.#scorer = scorer
  }

  get slot(): number {
    return this.#scorer.slot
  }

  get breaks(): number {
    return this.#scorer.breaks
  }

  score(node: number, kind: PodKind): number {
    if (kind.accelerators === 0 && !this.#room.statesCoresOf(node)) return NEVER
    return this.#scorer.score(node, kind)
  }
}

import type { Gang, Role } from '../../demand/gang.ts'
import type { PodKind, PodMix } from '../packing/pod-kind.ts'
import { isForCpuAlone, type MemberNeed, needOf } from './member-need.ts'

/** Members that ask for the same, and how many roles of that kind have been submitted. */
export interface AskedKind {
  readonly need: MemberNeed
  readonly members: number
  readonly hardware: readonly string[]
  /** So far, and when the mix was last taken as known. */
  count: number
  known: number
}

const KINDS_MOST = 512
const MEMBERS_MOST = 1000
/** Beyond so many all counts are halved, so that what was asked long ago fades. */
const COUNT_MOST = 1 << 16
/** The mix is taken as known again when a quarter more has been asked for, and this many at least. */
const RENEWAL_LEAST = 8

/**
 * What gangs have asked for so far, so that places are chosen by what the next ones will be able to use. Learnt from submissions
 * alone and part of the state: the same history leads to the same mix. What is known changes seldom, by a rule that looks at
 * counts alone, because everything worked out from it must be worked out anew.
 */
export class LearntMix {
  /** Changes whenever what is known does. */
  version = 0
  readonly #kinds = new Map<string, AskedKind>()
  #total = 0
  #knownTotal = 0

  static of(kinds: readonly AskedKind[]): LearntMix {
    const mix = new LearntMix()
    for (const kind of kinds) {
      mix.#kinds.set(keyOf(kind), { ...kind })
      mix.#total += kind.count
      mix.#knownTotal += kind.known
    }
    return mix
  }

  /** In the order in which they were first asked for. */
  kinds(): readonly AskedKind[] {
    return [...this.#kinds.values()].map((kind) => ({ ...kind }))
  }

  note({ roles }: Gang): void {
    for (const role of roles) this.#noteRole(role)
    if (this.#total - this.#knownTotal >= Math.max(RENEWAL_LEAST, this.#knownTotal / 4)) this.#renew()
  }

  /** What is known, as pods of one node: members that a node holds together are one pod, others each their own. */
  podsOn(hardware: string, largestNode: number, pod: (need: MemberNeed, members: number) => PodKind): PodMix {
    const pods: { kind: PodKind; count: number }[] = []
    for (const asked of this.#kinds.values()) {
      if (asked.known === 0 || !asked.hardware.includes(hardware)) continue
      const isOne = asked.need.milli === 0 && asked.members * asked.need.accelerators <= largestNode
      if (isOne && !isForCpuAlone(asked.need))
        pods.push({ kind: pod(asked.need, asked.members), count: asked.known })
      else pods.push({ kind: pod(asked.need, 1), count: asked.known * Math.min(asked.members, MEMBERS_MOST) })
    }
    return pods
  }

  #noteRole(role: Role): void {
    const hardware = role.accepts.map((accepted) => accepted.hardware)
    const asked = { need: needOf(role), members: role.members, hardware, count: 1, known: 0 }
    const key = keyOf(asked)
    const kind = this.#kinds.get(key)
    if (kind) kind.count += 1
    else this.#kinds.set(key, asked)
    this.#total += 1
    while (this.#kinds.size > KINDS_MOST || this.#total > COUNT_MOST) this.#fade()
  }

  #fade(): void {
    this.#total = 0
    for (const [key, kind] of this.#kinds) {
      kind.count = Math.floor(kind.count / 2)
      if (kind.count === 0) this.#kinds.delete(key)
      this.#total += kind.count
    }
    this.#renew()
  }

  #renew(): void {
    this.version += 1
    for (const kind of this.#kinds.values()) kind.known = kind.count
    this.#knownTotal = this.#total
  }
}

function keyOf({ need, members, hardware }: AskedKind): string {
  return [need.accelerators, need.milli, need.cpuMilli, need.memoryMiB, members, ...hardware].join('|')
}

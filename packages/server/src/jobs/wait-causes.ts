import type { Allocator } from '@offtake/core/allocation/allocator'
import { causesIn } from '@offtake/core/allocation/explain/cause'
import { copyOf } from '@offtake/core/allocation/explain/copy'
import type { Kind } from '@offtake/core/allocation/shape'
import type { Instant } from '@offtake/core/base/instant'
import type { Engine } from '../engine/engine.ts'

/** Why jobs wait takes at most one part in so many of the time. */
const ONE_IN = 20

/** More kinds of jobs than that are not looked into. */
const MOST_KINDS = 200

type Causes = ReadonlyMap<string, string>

/** Why each job that waits does, in one word, for many who ask: found on a copy, once for each kind of job. */
export class WaitCauses {
  readonly #engine: Pick<Engine, 'allocator' | 'seq'>
  #last: { readonly seq: number; readonly allocator: Allocator; readonly causes: Causes } | undefined
  #freshUntil = 0

  constructor(engine: Pick<Engine, 'allocator' | 'seq'>) {
    this.#engine = engine
  }

  /** By the ids of jobs; without those that have come since it last looked. */
  at(now: Instant): Causes {
    const { allocator, seq } = this.#engine
    const last = this.#last?.allocator === allocator ? this.#last : undefined
    const began = performance.now()
    if (last && (last.seq === seq || began < this.#freshUntil)) return last.causes
    const causes = causesOf(allocator, now)
    const ended = performance.now()
    this.#freshUntil = ended + (ended - began) * (ONE_IN - 1)
    this.#last = { seq, allocator, causes }
    return causes
  }
}

/** In the pool that a job likes best. */
function causesOf(allocator: Allocator, now: Instant): Causes {
  const causes = new Map<string, string>()
  if (allocator.state.queue.size === 0) return causes
  const copy = copyOf(allocator)
  const at = Math.max(now, copy.state.now) as Instant
  copy.apply({ kind: 'wake' }, at)
  const known = new Map<Kind, string>()
  for (const gang of copy.state.queue) {
    let cause = known.get(gang.kind)
    if (cause === undefined && known.size < MOST_KINDS) {
      cause = causesIn(copy, gang, at)[0]?.cause.kind ?? 'neverFits'
      known.set(gang.kind, cause)
    }
    causes.set(gang.gang.id, cause ?? 'other')
  }
  return causes
}

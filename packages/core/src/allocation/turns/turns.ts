import { getOrAdd } from '../../base/get-or-add.ts'
import { DAY_MS, type Instant } from '../../base/instant.ts'
import type { OrderRules, Tenant } from '../../demand/tenant.ts'
import { acceleratorsOfPart } from '../events.ts'
import type { GangState } from '../gang-state.ts'
import type { PoolState } from '../pool-state.ts'
import { Families } from './families.ts'
import { type AverageEntry, HeldAverages } from './held-averages.ts'

const HALF_LIFE_MS = 7 * DAY_MS
/** What is above the tenants at the top. */
const ROOT = undefined

/**
 * Whose turn it is, where tenants state weights or priority grows with waiting.
 *
 * Within a priority the next gang is that of the tenant which has least for its weight. What it has is the largest share, over
 * the pools, of a pool's accelerators that it and those below it hold, and held of late. From the top of the tree down, the
 * child is chosen that has least; a tenant's own gangs are one more child, of weight 1.
 */
export class Turns {
  readonly rules: OrderRules
  readonly hasWeights: boolean
  readonly #averages: HeldAverages
  readonly #tenants: ReadonlyMap<string, Tenant>
  readonly #below = new Map<string | undefined, string[]>()
  readonly #families: Families

  constructor(tenants: readonly Tenant[], rules: OrderRules) {
    this.rules = rules
    this.hasWeights = tenants.some(({ weight }) => weight !== undefined)
    this.#averages = new HeldAverages(rules.shareHalfLifeMs ?? HALF_LIFE_MS)
    this.#tenants = new Map(tenants.map((tenant) => [tenant.id, tenant]))
    for (const { id, parent = ROOT } of tenants) getOrAdd(this.#below, parent, () => []).push(id)
    this.#families = new Families(this.#below, ROOT)
  }

  charge(tenant: string, pool: string, accelerators: number, at: number): void {
    if (this.hasWeights) this.#averages.charge(tenant, pool, accelerators, at)
  }

  /** Who held what of late, worked out anew where a moment is given. */
  averages(at?: Instant): readonly AverageEntry[] {
    return this.#averages.entries(at)
  }

  /** Takes over what tenants that are still named held of late. */
  restore(averages: Iterable<AverageEntry>): void {
    if (!this.hasWeights) return
    for (const entry of averages) if (this.#tenants.has(entry[0])) this.#averages.restore(entry)
  }

  /** The priority that a gang has come to. */
  priorityOf({ gang, submittedAt }: GangState, at: Instant): number {
    const { priorityAgingMs } = this.rules
    if (priorityAgingMs === undefined) return gang.priority
    return gang.priority + Math.floor((at - submittedAt) / priorityAgingMs)
  }

  /** The tenant whose turn it is, of those for whom `first` knows a gang; there must be one. */
  next(first: ReadonlyMap<string, GangState>, pools: readonly PoolState[], at: Instant): string | undefined {
    const strangers = [...first.keys()].filter((id) => !this.#tenants.has(id))
    const question = { first, firstBelow: this.#firstBelow(first), pools, at, strangers }
    let above: string | undefined = ROOT
    for (;;) {
      const best = this.#least(above, question)
      if (best === above || best === undefined || !this.#below.has(best)) return best
      above = best
    }
  }

  #least(above: string | undefined, question: Question): string | undefined {
    const { first, firstBelow } = question
    const waiting = this.#candidates(above, question).flatMap((id) => {
      const gang = (id === above ? first : firstBelow).get(id)
      return gang ? { id, seq: gang.seq } : []
    })
    if (waiting.length < 2) return waiting[0]?.id
    let best: Candidate | undefined
    for (const { id, seq } of waiting) {
      const has = this.#shareOf(id === above ? [id] : this.#families.of(id), question)
      const weight = id === above ? 1 : (this.#tenants.get(id)?.weight ?? 1)
      const candidate = { id, has: has / weight, seq }
      if (!best || candidate.has < best.has || (candidate.has === best.has && candidate.seq < best.seq))
        best = candidate
    }
    return best?.id
  }

  #candidates(above: string | undefined, { strangers }: Question): readonly string[] {
    const children = this.#below.get(above) ?? []
    return above === undefined ? [...children, ...strangers] : [above, ...children]
  }

  /** Of the gangs that wait next in each family, the one that was submitted first. */
  #firstBelow(first: ReadonlyMap<string, GangState>): ReadonlyMap<string, GangState> {
    const found = new Map<string, GangState>()
    for (const [tenant, gang] of first) {
      for (let id: string | undefined = tenant; id !== undefined; id = this.#tenants.get(id)?.parent) {
        const known = found.get(id)
        // Whoever is above knows one that is as early, too.
        if (known && known.seq <= gang.seq) break
        found.set(id, gang)
      }
    }
    return found
  }

  #shareOf(tenants: readonly string[], { pools, at }: Question): number {
    let most = 0
    for (const { pool, free } of pools) {
      if (free.capacity === 0) continue
      let held = 0
      for (const id of tenants) held += this.#averages.weightOf(id, pool.id, at)
      most = Math.max(most, held / free.capacity)
    }
    return most
  }
}

interface Question {
  readonly first: ReadonlyMap<string, GangState>
  readonly firstBelow: ReadonlyMap<string, GangState>
  readonly pools: readonly PoolState[]
  readonly at: Instant
  /** Tenants of waiting gangs that are named no longer. */
  readonly strangers: readonly string[]
}

interface Candidate {
  readonly id: string
  readonly has: number
  readonly seq: number
}

/**
 * Turns by new rules, which go on from what tenants held of late; what runs is counted from `at` on where there were none.
 * Where no tenant states a weight and priority does not grow, nobody has turns.
 */
export function turnsAfter(
  before: Turns | undefined,
  tenants: readonly Tenant[],
  rules: OrderRules | undefined,
  gangs: Iterable<GangState>,
  at: Instant,
): Turns | undefined {
  const isAsked = rules?.priorityAgingMs !== undefined || tenants.some(({ weight }) => weight !== undefined)
  if (!isAsked) return undefined
  const turns = new Turns(tenants, rules ?? {})
  turns.restore(before?.averages(at) ?? [])
  for (const { gang, parts } of gangs)
    for (const part of parts) turns.charge(gang.tenant, part.poolId, acceleratorsOfPart(part), at)
  return turns
}

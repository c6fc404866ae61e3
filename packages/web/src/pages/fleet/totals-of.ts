import type { FleetModel } from './map/fleet-model.ts'

/** Sums over domains; nodes where it says so. */
export interface Sums {
  readonly id: string
  readonly provider: string
  readonly isSimulated: boolean
  domains: number
  total: number
  held: number
  free: number
  borrowed: number
  /** Domains of which nobody holds anything. */
  wholeFree: number
  draining: number
  out: number
  failed: number
}

/** Of each pool, in their order. */
export function sumsOfPools({ state }: FleetModel): Sums[] {
  return state.pools.map(({ id, provider, isSimulated, offset, domains }) => {
    const sums = nothing(id, provider, isSimulated)
    for (let at = offset; at < offset + domains; at++) {
      const total = state.value('total', at)
      if (total === 0) continue
      const free = state.value('free', at)
      sums.domains += 1
      sums.total += total
      sums.held += state.value('held', at)
      sums.free += free
      sums.borrowed += state.value('borrowed', at)
      sums.wholeFree += free >= total ? 1 : 0
      sums.draining += state.value('draining', at)
      sums.out += state.value('out', at)
      sums.failed += state.value('failed', at)
    }
    return sums
  })
}

const ADDED = [
  'domains',
  'total',
  'held',
  'free',
  'borrowed',
  'wholeFree',
  'draining',
  'out',
  'failed',
] as const

/** Of each provider, the one with most accelerators first. */
export function sumsOfProviders(pools: readonly Sums[]): Sums[] {
  const providers = new Map<string, Sums>()
  for (const pool of pools) {
    const sums = providers.get(pool.provider) ?? nothing(pool.provider, pool.provider, true)
    for (const name of ADDED) sums[name] += pool[name]
    providers.set(pool.provider, { ...sums, isSimulated: sums.isSimulated && pool.isSimulated })
  }
  return [...providers.values()].sort((a, b) => b.total - a.total)
}

function nothing(id: string, provider: string, isSimulated: boolean): Sums {
  return {
    id,
    provider,
    isSimulated,
    domains: 0,
    total: 0,
    held: 0,
    free: 0,
    borrowed: 0,
    wholeFree: 0,
    draining: 0,
    out: 0,
    failed: 0,
  }
}

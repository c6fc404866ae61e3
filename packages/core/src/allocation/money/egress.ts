import type { Pool } from '../../capacity/pool.ts'
import type { DataPlace } from '../../demand/spending.ts'
import type { EgressPrice } from './terms.ts'

/** What it costs to bring the data to a pool, in micro-units: nothing within a region, and nothing that no price is known for. */
export function egressMicros(data: DataPlace, pool: Pool, prices: readonly EgressPrice[] = []): bigint {
  const price = prices.find(({ provider }) => provider === data.provider)
  if (!price || (pool.provider === data.provider && pool.region === data.region)) return 0n
  const perGb = pool.provider === data.provider ? price.toRegionMicrosPerGb : price.toProviderMicrosPerGb
  return BigInt(perGb) * BigInt(data.gb)
}

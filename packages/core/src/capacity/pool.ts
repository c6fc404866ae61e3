import type { Upkeep } from './upkeep.ts'

/** Capacity that is interchangeable: one provider, region, hardware and fabric. */
export interface Pool {
  readonly id: string
  readonly provider: string
  readonly region: string
  readonly hardware: string
  readonly fabric: string
  /** How it is kept up, where something is said of that. */
  readonly upkeep?: Upkeep
}

export type PoolKey = Omit<Pool, 'id' | 'upkeep'>

export function poolOf(key: PoolKey): Pool {
  const { provider, region, hardware, fabric } = key
  const parts = fabric === 'default' ? [provider, region, hardware] : [provider, region, hardware, fabric]
  return { id: parts.join('/'), provider, region, hardware, fabric }
}

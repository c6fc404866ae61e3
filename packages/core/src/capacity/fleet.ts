import type { HardwareShape } from '../base/hardware.ts'
import type { Instant } from '../base/instant.ts'
import type { FailureRate } from './failure-rate.ts'
import type { PlannedOutage } from './outage-plan.ts'
import type { Pool } from './pool.ts'
import type { StatedUpkeep } from './stated-upkeep.ts'
import { type NodeGroup, type NodeParts, usualDomainsPerBlock } from './topology.ts'

/** What a portfolio says of its machines beyond its agreements. */
export interface Fleet {
  /** How the machines of a pool are built, where that is not the usual shape of their hardware. */
  readonly shapes: readonly PoolShape[]
  /** Pools that no agreement brings, listed outright. */
  readonly pools: readonly FleetPool[]
  readonly failures: readonly FailureRate[]
  /** What goes out of service together, on known dates or at a rate. */
  readonly outages?: readonly PlannedOutage[]
  /** What stands by, and who is kept out; nothing and nobody where nothing is said. */
  readonly upkeep?: readonly StatedUpkeep[]
}

/** Overrides for one pool, or for all pools of one hardware. */
export interface PoolShape {
  readonly pool?: string
  readonly hardware?: string
  readonly acceleratorsPerNode?: number
  readonly nodesPerDomain?: number
  readonly domainsPerBlock?: number
  readonly cpuCoresPerNode?: number
  readonly memoryMiBPerNode?: number
}

/** A pool with its machines. */
export interface FleetPool {
  readonly pool: Pool
  readonly groups: readonly NodeGroup[]
  /** CPU cores: counted, not listed. */
  readonly cpuCores: number
  /** When it is there; from the beginning where absent. */
  readonly from?: Instant
  /** When it is gone; never where absent. */
  readonly until?: Instant
}

/** How the machines of a pool are built: what is said of the pool, else of its hardware, else the hardware's usual shape. */
export function shapeOfPool(
  pool: Pool,
  usual: HardwareShape,
  shapes: readonly PoolShape[],
): HardwareShape & NodeParts & { readonly domainsPerBlock: number } {
  const ofPool = shapes.find((shape) => shape.pool === pool.id)
  const ofHardware = shapes.find((shape) => shape.hardware === pool.hardware)
  const shape = {
    acceleratorsPerNode:
      ofPool?.acceleratorsPerNode ?? ofHardware?.acceleratorsPerNode ?? usual.acceleratorsPerNode,
    nodesPerDomain: ofPool?.nodesPerDomain ?? ofHardware?.nodesPerDomain ?? usual.nodesPerDomain,
  }
  const domainsPerBlock =
    ofPool?.domainsPerBlock ?? ofHardware?.domainsPerBlock ?? usualDomainsPerBlock(shape)
  const cpuCoresPerNode = ofPool?.cpuCoresPerNode ?? ofHardware?.cpuCoresPerNode
  const memoryMiBPerNode = ofPool?.memoryMiBPerNode ?? ofHardware?.memoryMiBPerNode
  return {
    ...shape,
    domainsPerBlock,
    ...(cpuCoresPerNode === undefined ? {} : { cpuCoresPerNode }),
    ...(memoryMiBPerNode === undefined ? {} : { memoryMiBPerNode }),
  }
}

import { EmptyFleet } from '@offtake/core/allocation/empty-fleet'
import type { FleetPool } from '@offtake/core/capacity/fleet'
import type { AcceptedHardware } from '@offtake/core/demand/gang'

/** The fleet that a trace is played on, as far as reading it needs to know. */
export interface TraceFleet {
  readonly hardware: readonly FleetHardware[]
  /** Tells what could ever start. */
  readonly empty: EmptyFleet
}

export interface FleetHardware {
  readonly id: string
  /** Of the largest node. */
  readonly acceleratorsPerNode: number
}

export function traceFleetOf(pools: readonly FleetPool[]): TraceFleet {
  const kinds = [...new Set(pools.map(({ pool }) => pool.hardware))]
  return {
    hardware: kinds.map((id) => {
      const groups = pools.filter(({ pool }) => pool.hardware === id).flatMap((pool) => pool.groups)
      const largest = Math.max(0, ...groups.map(({ acceleratorsPerNode }) => acceleratorsPerNode))
      return { id, acceleratorsPerNode: largest }
    }),
    empty: new EmptyFleet(pools),
  }
}

/** All hardware of the fleet, at the speed that the trace was recorded at. */
export function acceptsAll({ hardware }: TraceFleet): AcceptedHardware[] {
  return hardware.map(({ id }) => ({ hardware: id, speed: 1 }))
}

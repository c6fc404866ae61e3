import type { AcceptedHardware } from '@offtake/core/demand/gang'

/** The fleet that a trace is played on, as far as reading it needs to know. */
export interface TraceFleet {
  readonly hardware: readonly FleetHardware[]
}

export interface FleetHardware {
  readonly id: string
  readonly accelerators: number
  /** Of the largest node. */
  readonly acceleratorsPerNode: number
}

/** All hardware of the fleet, at the speed that the trace was recorded at. */
export function acceptsAll({ hardware }: TraceFleet): AcceptedHardware[] {
  return hardware.map(({ id }) => ({ hardware: id, speed: 1 }))
}

export function largestNode(hardware: readonly FleetHardware[]): number {
  return hardware.reduce((most, { acceleratorsPerNode }) => Math.max(most, acceleratorsPerNode), 0)
}

export function acceleratorsIn(hardware: readonly FleetHardware[]): number {
  return hardware.reduce((sum, { accelerators }) => sum + accelerators, 0)
}

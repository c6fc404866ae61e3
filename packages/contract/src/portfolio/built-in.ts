import type { Hardware } from '@offtake/core/base/hardware'
import type { WorkloadProfile } from '@offtake/core/demand/workload'

/** What a portfolio may name without defining it. */
export interface BuiltIn {
  readonly hardware: readonly Hardware[]
  readonly profiles: readonly WorkloadProfile[]
}

import type { Role } from '../../demand/gang.ts'

/** What one member takes of its node. */
export interface MemberNeed {
  readonly accelerators: number
  /** A share of one accelerator, in thousandths; 0 where it needs none. */
  readonly milli: number
  readonly cpuMilli: number
  readonly memoryMiB: number
}

export function needOf(role: Role): MemberNeed {
  return {
    accelerators: role.acceleratorsPerMember,
    milli: role.acceleratorMilliPerMember ?? 0,
    cpuMilli: milliOfCores(role.cpuCoresPerMember),
    memoryMiB: role.memoryMiBPerMember ?? 0,
  }
}

/** Cores are stated to a thousandth, and counted in thousandths. */
export function milliOfCores(cores: number): number {
  return Math.round(1000 * cores)
}

/** Whether members need CPU and memory alone. */
export function isForCpuAlone({ accelerators, milli }: MemberNeed): boolean {
  return accelerators === 0 && milli === 0
}

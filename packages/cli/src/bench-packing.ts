import type { PackedNode } from '@offtake/core/allocation/packing/packing-fleet'
import type { PackingPlan, PackingPolicy } from '@offtake/core/allocation/packing/packing-policies'
import type { Pods } from '@offtake/core/allocation/packing/pod-kind'
import { type AllocationCurve, playArrivals } from '@offtake/core/simulation/packing/pod-arrivals'
import { playThroughAllocator } from '@offtake/core/simulation/packing/pods-as-gangs'

/** What has been asked for, in per cent of the fleet, where the tables look. */
export const COLUMNS = [95, 100, 110, 120, 130] as const

/** A policy that places pods on a fleet of its own, or the allocator itself, which learns the mix as pods arrive. */
export type BenchedPolicy = PackingPolicy | 'allocator'

export interface BenchedFleet {
  readonly plan: PackingPlan
  readonly nodes: readonly PackedNode[]
}

/** Pods in an order of arrival, with the order of nodes for ties. */
export interface PackingRun {
  readonly seed: string
  readonly pods: Pods
  readonly nodes: Int32Array
}

/** One policy on one trace: what is allocated, in per cent of the fleet, by what has been asked for. */
export interface PackingScore {
  readonly policy: BenchedPolicy
  readonly trace: string
  /** The means over all seeds, by column; null where the trace does not ask for so much. */
  readonly allocationPercent: Readonly<Record<string, number | null>>
  readonly perSeed: Readonly<Record<string, Readonly<Record<string, number | null>>>>
  readonly podsPerSecond: number
}

export function scorePolicy(
  policy: BenchedPolicy,
  trace: string,
  fleet: BenchedFleet,
  runs: readonly PackingRun[],
  progress?: (share: number) => void,
): PackingScore {
  const perSeed: Record<string, Record<string, number | null>> = {}
  let pods = 0
  let ms = 0
  for (const [n, run] of runs.entries()) {
    progress?.(n / runs.length)
    const started = performance.now()
    const curve = play(policy, fleet, run)
    ms += performance.now() - started
    pods += run.pods.kindOf.length
    perSeed[run.seed] = Object.fromEntries(COLUMNS.map((column) => [column, finite(curve[column])]))
  }
  const mean = (column: number): number | null => {
    const values = Object.values(perSeed).map((row) => row[column] ?? Number.NaN)
    return finite(values.reduce((sum, value) => sum + value, 0) / values.length)
  }
  const allocationPercent = Object.fromEntries(COLUMNS.map((column) => [column, mean(column)]))
  return { policy, trace, allocationPercent, perSeed, podsPerSecond: Math.round((1000 * pods) / ms) }
}

function play(policy: BenchedPolicy, { plan, nodes }: BenchedFleet, run: PackingRun): AllocationCurve {
  if (policy === 'allocator') return playThroughAllocator(nodes, run.nodes, run.pods)
  const { fleet, placer } = plan.begin(policy, run.nodes)
  return playArrivals(fleet, placer, run.pods)
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null
}

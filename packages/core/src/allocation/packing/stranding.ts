import { milliOf, type PodMix } from './pod-kind.ts'

/** Accelerator milli that the node's CPU can no longer serve, if pods ask for this much CPU milli per accelerator milli. */
export function strandedMilli(milliFree: number, cpuFree: number, cpuPerMilli: number): number {
  return Math.max(0, milliFree - cpuFree / cpuPerMilli)
}

/** Slim, middling and CPU-hungry pods: these shares of the accelerators asked for come with less CPU than the ratio. */
const QUANTILES = [0.25, 0.5, 0.9] as const
const RATIO_LEAST = 0.5

/** The CPU per accelerator (milli by milli) of slim, middling and CPU-hungry pods of the mix. */
export function cpuRatios(mix: PodMix): [number, number, number] {
  const asked = mix
    .filter(({ kind }) => kind.accelerators > 0)
    .map(({ kind, count }) => ({ ratio: kind.cpuMilli / milliOf(kind), milli: count * milliOf(kind) }))
    .sort((a, b) => a.ratio - b.ratio)
  const total = asked.reduce((sum, { milli }) => sum + milli, 0)
  const quantile = (share: number): number => {
    let below = 0
    for (const { ratio, milli } of asked) {
      below += milli
      if (below >= share * total) return Math.max(RATIO_LEAST, ratio)
    }
    return 1
  }
  return [quantile(QUANTILES[0]), quantile(QUANTILES[1]), quantile(QUANTILES[2])]
}

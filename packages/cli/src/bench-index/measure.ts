import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { NodeGroup } from '@offtake/core/capacity/topology'
import { BareIndex } from './bare-index.ts'
import { Churn } from './churn.ts'
import { LinearScan } from './linear-scan.ts'
import type { Subject } from './subject.ts'
import { WholeAllocator } from './whole-allocator.ts'
import { drawSizes, sizeOf } from './workload.ts'

export const SUBJECTS = ['index', 'allocator', 'linearScan'] as const
export type SubjectName = (typeof SUBJECTS)[number]

/** Quantiles by nearest rank, in nanoseconds; the clock that is read before and after takes some 40 of them. */
export interface Quantiles {
  readonly p50: number
  readonly p99: number
  readonly p999: number
}

/** How fast gangs are placed on a fleet that is 95 % full, and what that takes. */
export interface SubjectFigures {
  readonly gpus: number
  /** What leaves to make room is part of the time. */
  readonly placementsPerSecond: number
  readonly placeNs: Quantiles
  readonly releaseNs: Quantiles
  /** Gangs that found no room so close together, of all that came. */
  readonly failures: number
  /** What it holds after all that, in MiB. */
  readonly memoryMb: number
}

const FILL = 0.95
const SIZES_DRAWN = 1 << 20

/** What each is given to do, as a part of what the index is: the slower ones tell enough sooner. */
const SHARES: Readonly<Record<SubjectName, number>> = { index: 1, allocator: 0.2, linearScan: 0.02 }

/** Fills the fleet, warms up with as many gangs as are measured then: once for the rate, once more with a clock for each. */
export function measure(name: SubjectName, fleet: NodeGroup, gangsOfIndex: number): SubjectFigures {
  const gangs = Math.max(1, Math.round(gangsOfIndex * SHARES[name]))
  const sizes = drawSizes(fleet, Math.min(SIZES_DRAWN, 4 * gangsOfIndex), 'sizes')
  const before = memoryInUse()
  const subject = subjectOf(name, fleet)
  const churn = new Churn(subject, sizes, Math.floor(FILL * sizeOf(fleet)), 'leaving')
  churn.fill()
  churn.run(gangs)
  const [start, placements] = [performance.now(), churn.placements]
  churn.run(gangs)
  const seconds = (performance.now() - start) / 1000
  const placed = churn.placements - placements
  const memoryMb = (memoryInUse() - before) / 1024 / 1024
  const timing = { clock: nanoseconds, place: [] as number[], release: [] as number[] }
  churn.run(gangs, timing)
  return {
    gpus: sizeOf(fleet),
    placementsPerSecond: Math.round(placed / seconds),
    placeNs: quantilesOf(timing.place),
    releaseNs: quantilesOf(timing.release),
    failures: churn.failures,
    memoryMb: Math.round(memoryMb * 10) / 10,
  }
}

function subjectOf(name: SubjectName, fleet: NodeGroup): Subject {
  if (name === 'index') return new BareIndex(fleet)
  return name === 'allocator' ? new WholeAllocator(fleet) : new LinearScan(fleet)
}

function nanoseconds(): number {
  return performance.now() * 1e6
}

function quantilesOf(values: readonly number[]): Quantiles {
  const sorted = Float64Array.from(values).sort()
  const at = (p: number): number => Math.round(sorted[Math.floor(p * sorted.length)] ?? 0)
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999) }
}

/** What is in use once all else has been thrown away. */
function memoryInUse(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

import { join } from 'node:path'
import { ROOT } from '../root.ts'
import type { Bench, BenchCase, Sample } from './bench.ts'
import { runNode } from './child.ts'

const OFFTAKE = join(ROOT, 'packages/cli/bin/offtake.js')

/** What the design asks for, at a million accelerators. */
const TARGETS = {
  index: { placementsPerSecond: 5_000_000, p99: 500, p999: 3_000, memoryMb: 32 },
  allocator: { placementsPerSecond: 300_000, p99: 20_000, p999: 200_000 },
} as const

interface Figures {
  readonly placementsPerSecond: number
  readonly placeNs: { readonly p50: number; readonly p99: number; readonly p999: number }
  readonly failures: number
  readonly memoryMb: number
}

interface Run {
  readonly index: Figures
  readonly allocator: Figures
  readonly linearScan: Figures
}

/** A million accelerators, 95 % full: the free index alone, and the whole allocator, beside a linear scan. */
export const INDEX: Bench = {
  name: 'index',
  about: 'gangs placed on a million accelerators that are 95 % full, beside a linear scan over the domains',
  cases: [caseOf('index'), caseOf('allocator')],
}

function caseOf(subject: 'index' | 'allocator'): BenchCase {
  /** One run of the command tells of the case and of its yardstick. */
  let latest: Run | undefined
  const target: Partial<Record<string, number>> = TARGETS[subject]
  const figure = (key: string, unit: string, better: 'higher' | 'lower') => {
    const wanted = target[key]
    return wanted === undefined ? { key, unit, better } : { key, unit, better, target: wanted }
  }
  return {
    name: subject,
    repeats: 3,
    figures: [
      figure('placementsPerSecond', 'placements/s', 'higher'),
      figure('p50', 'ns', 'lower'),
      figure('p99', 'ns', 'lower'),
      figure('p999', 'ns', 'lower'),
      figure('failures', 'gangs', 'lower'),
      figure('memoryMb', 'MiB', 'lower'),
    ],
    measure: async () => sampleOf((latest ?? (await run()))[subject]),
    yardstick: {
      name: 'a linear scan',
      figure: 'placementsPerSecond',
      measure: async () => {
        latest = await run()
        return latest.linearScan.placementsPerSecond
      },
    },
  }
}

async function run(): Promise<Run> {
  const { output } = await runNode([OFFTAKE, 'bench', 'index', '--json'])
  const index = JSON.parse(output) as Figures & Omit<Run, 'index'>
  return { index, allocator: index.allocator, linearScan: index.linearScan }
}

function sampleOf({ placementsPerSecond, placeNs, failures, memoryMb }: Figures): Sample {
  return { placementsPerSecond, ...placeNs, failures, memoryMb }
}

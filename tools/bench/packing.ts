import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ROOT } from '../root.ts'
import type { Bench, BenchCase, Sample } from './bench.ts'
import { runNode } from './child.ts'

const DATA = resolve(ROOT, process.env.OFFTAKE_DATA ?? '../shared/data', 'openb')
const OFFTAKE = join(ROOT, 'packages/cli/bin/offtake.js')

/** What the design asks for where 130 % of the fleet has been asked for; of the others, half a point more than FGD. */
const TARGETS: Readonly<Record<string, number>> = {
  default: 96.3,
  multigpu20: 96.8,
  multigpu30: 96.96,
  gpushare40: 94.9,
  gpushare80: 90.6,
  gpuspec10: 96.25,
  cpu100: 95.85,
  cpu250: 95,
}
const PODS_PER_SECOND = 100_000

/** The pods of a real cluster in its published orders, packed by our policy beside the published one. */
export const PACKING: Bench = {
  name: 'packing',
  about:
    'per cent of the accelerators allocated by least-loss when 95, 100 … per cent have been asked for, beside FGD',
  unavailable: () => {
    if (existsSync(DATA)) return undefined
    const named = process.env.OFFTAKE_DATA !== undefined
    return { because: `there is no ${DATA}${named ? '' : '; set OFFTAKE_DATA'}`, fails: named }
  },
  cases: Object.entries(TARGETS).map(([trace, target]) => caseOf(trace, target)),
}

function caseOf(trace: string, target: number): BenchCase {
  const percent = { unit: '%', better: 'higher' } as const
  return {
    name: trace,
    repeats: 3,
    figures: [
      ...['95', '100', '110', '120'].map((column) => ({ key: `at${column}`, ...percent })),
      { key: 'at130', ...percent, target },
      { key: 'podsPerSecond', unit: 'pods/s', better: 'higher', target: PODS_PER_SECOND },
    ],
    measure: () => pack(trace, 'least-loss'),
    yardstick: {
      name: 'FGD, as published',
      figure: 'at130',
      measure: async () => (await pack(trace, 'fgd')).at130 ?? Number.NaN,
    },
  }
}

async function pack(trace: string, policy: string): Promise<Sample> {
  const { output } = await runNode([
    OFFTAKE,
    ...['bench', 'packing', '--policy', policy, '--json'],
    ...['--nodes', join(DATA, 'openb_node_list_gpu_node.csv')],
    ...['--pods', join(DATA, `openb_pod_list_${trace}.csv.gz`)],
    ...['--orders', join(DATA, `orders/${trace}.json.gz`)],
  ])
  const { allocationPercent, podsPerSecond } = JSON.parse(output) as {
    allocationPercent: Readonly<Record<string, number>>
    podsPerSecond: number
  }
  const columns = Object.entries(allocationPercent).map(([column, value]) => [`at${column}`, value])
  return { ...Object.fromEntries(columns), podsPerSecond }
}

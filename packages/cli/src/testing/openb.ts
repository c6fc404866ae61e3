import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect } from 'vitest'
import { runOfftake } from './run-offtake.ts'

export const OPENB_TRACES = [
  'default',
  'multigpu20',
  'multigpu30',
  'gpushare40',
  'gpushare80',
  'gpuspec10',
  'cpu100',
  'cpu250',
] as const

const FOLDER = resolve(
  import.meta.dirname,
  '../../../..',
  process.env.OFFTAKE_DATA ?? '../shared/data',
  'openb',
)
const PUBLISHED = { 'best-fit': '05-BestFit', fgd: '06-FGD' } as const
const COLUMNS = ['95', '100', '110', '120', '130']

/**
 * Holds both published policies to the published allocation of every column, to half a hundredth of a per cent, and ours to
 * what it promises: above FGD from 100 % on, and at 95 %, where all but everything fits, at most 0.05 below.
 */
export async function expectPublished(trace: string, seeds?: readonly string[]): Promise<void> {
  const [bestFit, fgd, ours] = (await played(trace, 'all', seeds)) as Score[]
  for (const score of [bestFit, fgd] as Score[])
    for (const [seed, found] of Object.entries(score.perSeed)) {
      const published = publishedOf(trace, PUBLISHED[score.policy as keyof typeof PUBLISHED], seed)
      for (const column of COLUMNS)
        expect(
          Math.abs((found[column] ?? 0) - (published.get(column) ?? 0)),
          `${score.policy} ${seed} ${column}`,
        )
          // Published to two decimals.
          .toBeLessThanOrEqual(0.005 + 1e-9)
    }
  for (const column of COLUMNS) {
    const [own, theirs] = [ours?.allocationPercent[column] ?? 0, fgd?.allocationPercent[column] ?? 0]
    expect(own, column).toBeGreaterThan(column === '95' ? theirs - 0.05 : theirs)
  }
}

/** Holds the allocator itself, which is told no mix, to what our policy allocates that knows it: from 100 % on, a quarter of a per cent. */
export async function expectClose(trace: string, seed: string): Promise<void> {
  const ours = (await played(trace, 'least-loss', [seed])) as Score
  const itself = (await played(trace, 'allocator', [seed])) as Score
  for (const column of COLUMNS.slice(1))
    expect(itself.allocationPercent[column], column).toBeGreaterThan(
      (ours.allocationPercent[column] ?? 0) - 0.25,
    )
}

async function played(trace: string, policy: string, seeds?: readonly string[]): Promise<unknown> {
  const { code, out, err } = await runOfftake([
    ...[
      'bench',
      'packing',
      '--json',
      '--policy',
      policy,
      '--nodes',
      `${FOLDER}/openb_node_list_gpu_node.csv`,
    ],
    ...['--pods', `${FOLDER}/openb_pod_list_${trace}.csv.gz`],
    ...['--orders', `${FOLDER}/orders/${trace}.json.gz`],
    ...(seeds ? ['--seeds', ...seeds] : []),
  ])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out)
}

interface Score {
  readonly policy: string
  readonly allocationPercent: Readonly<Record<string, number>>
  readonly perSeed: Readonly<Record<string, Readonly<Record<string, number>>>>
}

function publishedOf(trace: string, policy: string, seed: string): Map<string, number> {
  const [header = '', ...rows] = readFileSync(
    `${FOLDER}/published-gpu-allocation-per-seed.csv`,
    'utf8',
  ).split('\n')
  const row = rows
    .map((line) => line.split(','))
    .find((cells) => cells.slice(0, 3).join() === [trace, policy, seed].join())
  expect(row, `${trace} ${policy} ${seed} was published`).toBeDefined()
  return new Map(header.split(',').map((column, at) => [column.trim(), Number(row?.[at])]))
}

import { basename } from 'node:path'
import { PACKING_POLICIES, PackingPlan } from '@offtake/core/allocation/packing/packing-policies'
import { mixOf, type Pods } from '@offtake/core/allocation/packing/pod-kind'
import { prng } from '@offtake/core/base/prng'
import { failed, ok, type Result } from '@offtake/core/base/result'
import { drawArrivals } from '@offtake/core/simulation/packing/drawn-arrivals'
import { type Command, InvalidArgumentError, Option } from 'commander'
import {
  type BenchedPolicy,
  COLUMNS,
  type PackingRun,
  type PackingScore,
  scorePolicy,
} from '../bench-packing.ts'
import type { Finish } from '../command.ts'
import { EXIT } from '../exit-code.ts'
import { readArrivalOrders } from '../files/pods/arrival-orders.ts'
import { type NodeList, readNodeList } from '../files/pods/node-list.ts'
import { readPodList } from '../files/pods/pod-list.ts'
import { describePodProblem, type PodProblem } from '../files/pods/pod-problem.ts'
import { createOutput, type Output } from '../output.ts'
import { startProgress } from '../progress.ts'

interface Options {
  readonly nodes: string
  readonly pods: string
  readonly orders?: string
  readonly seeds?: readonly string[]
  readonly policy: BenchedPolicy | 'all'
  readonly runs: number
  readonly json?: boolean
}

/** Slightly more than the last column, so that it is complete. */
const ASKED = 1.31

/** `offtake bench packing`: how much of a fleet is allocated as pods arrive until it overflows. */
export function registerBenchPacking(bench: Command, finish: Finish): void {
  bench
    .command('packing')
    .description('how much of a fleet is allocated as pods arrive, by policy')
    .requiredOption('--nodes <file>', 'the nodes: CSV with sn, cpu_milli, memory_mib, gpu, model')
    .requiredOption(
      '--pods <file>',
      'the pods: CSV with name, cpu_milli, memory_mib, num_gpu, gpu_milli and, if need be, gpu_spec',
    )
    .option('--orders <file>', 'orders of arrival: JSON with seeds; drawn where absent')
    .option('--seeds <name...>', 'only these of the orders')
    .addOption(
      new Option('--policy <policy>', 'how a node is chosen')
        .choices([...PACKING_POLICIES, 'allocator', 'all'])
        .default('all'),
    )
    .option('--runs <n>', 'how many orders are drawn where none are given', readRuns, 5)
    .option('--json', 'print JSON: one object, or a list of them for all policies')
    .addHelpText(
      'after',
      '\nExample:\n  offtake bench packing --nodes nodes.csv --pods pods.csv.gz --orders orders.json.gz --policy least-loss',
    )
    .action(async (options: Options) => {
      const output = createOutput(options.json === true)
      const loaded = await load(options)
      if (!loaded.ok) {
        for (const problem of loaded.problems) output.problem(describePodProblem(problem))
        return finish(EXIT.badInput)
      }
      const policies = options.policy === 'all' ? PACKING_POLICIES : [options.policy]
      report(score(policies, options, loaded.value), output)
      finish(EXIT.done)
    })
}

interface Loaded extends NodeList {
  readonly pods: Pods
  readonly runs: readonly PackingRun[]
}

async function load({ nodes, pods, orders, seeds, runs }: Options): Promise<Result<Loaded, PodProblem>> {
  const list = await readNodeList(nodes)
  if (!list.ok) return list
  const known = await readPodList(pods, list.value.models)
  if (!known.ok) return known
  const loaded = { ...list.value, pods: known.value }
  if (orders === undefined && seeds)
    return failed({
      code: 'brokenOrders',
      file: '--seeds',
      reason: 'it names orders of a file: say --orders',
    })
  if (orders === undefined) return ok({ ...loaded, runs: drawnRuns(loaded, runs) })
  const read = await readArrivalOrders(orders, {
    pods: known.value.kindOf.length,
    nodes: list.value.nodes.length,
  })
  if (!read.ok) return failed(...read.problems)
  const missing = seeds?.find((name) => !read.value.some(({ seed }) => seed === name))
  if (missing !== undefined)
    return failed({ code: 'brokenOrders', file: orders, reason: `it has no seed ${missing}` })
  const wanted = read.value.filter(({ seed }) => !seeds || seeds.includes(seed))
  return ok({
    ...loaded,
    runs: wanted.map((order) => ({ ...order, pods: inOrder(known.value, order.pods) })),
  })
}

function inOrder({ kinds, kindOf, memoryMiB }: Pods, order: Int32Array): Pods {
  return {
    kinds,
    kindOf: order.map((pod) => kindOf[pod] as number),
    memoryMiB: order.map((pod) => memoryMiB[pod] as number),
  }
}

function drawnRuns({ nodes, pods }: NodeList & { readonly pods: Pods }, runs: number): PackingRun[] {
  return Array.from({ length: runs }, (_, n) => {
    const seed = String(n + 1)
    return { seed, ...drawArrivals(pods, nodes, ASKED, prng(`arrivals ${seed}`)) }
  })
}

function score(policies: readonly BenchedPolicy[], options: Options, loaded: Loaded): PackingScore[] {
  const plan = new PackingPlan(loaded.nodes, loaded.pods.kinds, mixOf(loaded.pods))
  const fleet = { plan, nodes: loaded.nodes }
  const trace = basename(options.pods).replace(/(?:\.csv)?(?:\.gz)?$/, '')
  const progress = startProgress('packing')
  const scores = policies.map((policy, n) =>
    scorePolicy(policy, trace, fleet, loaded.runs, (share) => progress.update((n + share) / policies.length)),
  )
  progress.stop()
  return scores
}

function report(scores: readonly PackingScore[], output: Output): void {
  if (output.json) return output.document(scores.length === 1 ? scores[0] : scores)
  const [first] = scores
  if (!first) return
  const runs = Object.keys(first.perSeed).length
  output.paragraph(
    `${first.trace}: per cent of the accelerators allocated once so many per cent have been asked for, mean of ${runs} ${runs === 1 ? 'order' : 'orders'}`,
  )
  output.print('')
  output.table(
    ['policy', ...COLUMNS.map(String), 'pods/s'],
    scores.map(({ policy, allocationPercent, podsPerSecond }) => [
      policy,
      ...COLUMNS.map((column) => allocationPercent[column]?.toFixed(2) ?? '–'),
      podsPerSecond.toLocaleString('en-US'),
    ]),
  )
}

function readRuns(text: string): number {
  const runs = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (runs < 1) throw new InvalidArgumentError('It is a whole number from 1 to 9999.')
  return runs
}

import { failed, ok, type Result } from '@offtake/core/base/result'
import { openTrace, problemOf } from '../traces/trace-source.ts'
import type { PodProblem } from './pod-problem.ts'

/** An order of arrival, and one of nodes for ties, as rows of the lists sorted by name. */
export interface ArrivalOrder {
  readonly seed: string
  readonly pods: Int32Array
  readonly nodes: Int32Array
}

const LARGEST_BYTES = 256 * 1024 * 1024

/** Reads `{seeds: {NAME: {pods: [row, …], nodes: [row, …]}}}`, plain or gzipped. */
export async function readArrivalOrders(
  file: string,
  lists: { readonly pods: number; readonly nodes: number },
): Promise<Result<readonly ArrivalOrder[], PodProblem>> {
  const text = await readWhole(file)
  if (!text.ok) return text
  const broken = (reason: string): Result<never, PodProblem> => failed({ code: 'brokenOrders', file, reason })
  let seeds: unknown
  try {
    seeds = JSON.parse(text.value)?.seeds
  } catch {
    return broken('it is no JSON')
  }
  if (typeof seeds !== 'object' || seeds === null || Object.keys(seeds).length === 0)
    return broken("it has no 'seeds'")
  const orders: ArrivalOrder[] = []
  for (const [seed, order] of Object.entries(seeds)) {
    const pods = rowsOf(order?.pods, lists.pods)
    const nodes = rowsOf(order?.nodes, lists.nodes)
    if (!pods) return broken(`seed ${seed}: 'pods' are not rows of the list of pods`)
    if (!nodes || new Set(nodes).size !== lists.nodes || nodes.length !== lists.nodes)
      return broken(`seed ${seed}: 'nodes' are not all rows of the list of nodes, each once`)
    orders.push({ seed, pods, nodes })
  }
  return ok(orders)
}

async function readWhole(file: string): Promise<Result<string, PodProblem>> {
  const source = await openTrace(file)
  if (!source.ok) return source
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of source.value.text) {
      bytes += chunk.length
      if (bytes > LARGEST_BYTES) return failed({ code: 'brokenOrders', file, reason: 'it is too large' })
      chunks.push(chunk)
    }
  } catch (error) {
    return failed(problemOf(error, file, 0))
  }
  return ok(Buffer.concat(chunks).toString('utf8'))
}

function rowsOf(list: unknown, below: number): Int32Array | undefined {
  if (!Array.isArray(list)) return undefined
  const isRow = (row: unknown): boolean => Number.isInteger(row) && Number(row) >= 0 && Number(row) < below
  return list.every(isRow) ? Int32Array.from(list) : undefined
}

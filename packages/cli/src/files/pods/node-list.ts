import type { PackedNode } from '@offtake/core/allocation/packing/packing-fleet'
import { ok, type Result } from '@offtake/core/base/result'
import type { PodProblem } from './pod-problem.ts'
import { BadField, firstBad, readRows, wholeOf } from './value-rows.ts'

export interface NodeList {
  /** By name. */
  readonly nodes: readonly PackedNode[]
  /** The names of the models; a node has one by its number. */
  readonly models: readonly string[]
}

const COLUMNS = ['sn', 'cpu_milli', 'memory_mib', 'gpu', 'model']
const MOST = 2 ** 31 - 1
const MOST_ACCELERATORS = 31
/** As many as the bits that tell them apart. */
const MOST_MODELS = 23

/** Reads a list of nodes as openb publishes it: name, CPU in milli, memory in MiB, accelerators and their model. */
export async function readNodeList(file: string): Promise<Result<NodeList, PodProblem>> {
  const models: string[] = []
  const rows = await readRows(file, COLUMNS, (row) => {
    const [cpuMilli, memoryMiB] = [wholeOf(row, 'cpu_milli', 0, MOST), wholeOf(row, 'memory_mib', 0, MOST)]
    const accelerators = wholeOf(row, 'gpu', 0, MOST_ACCELERATORS)
    const name = row('sn')
    const bad = name === '' ? new BadField('sn') : firstBad([cpuMilli, memoryMiB, accelerators])
    if (bad) return bad
    const known = models.indexOf(row('model'))
    const model = known >= 0 ? known : models.push(row('model')) - 1
    if (model >= MOST_MODELS) return new BadField('model')
    return { name, node: { cpuMilli, memoryMiB, accelerators, model } as PackedNode }
  })
  if (!rows.ok) return rows
  const sorted = [...rows.value].sort((a, b) => (a.name < b.name ? -1 : 1))
  return ok({ nodes: sorted.map(({ node }) => node), models })
}

import { WHOLE_MILLI } from '@offtake/core/allocation/packing/packing-fleet'
import type { PodKind, Pods } from '@offtake/core/allocation/packing/pod-kind'
import { ok, type Result } from '@offtake/core/base/result'
import type { PodProblem } from './pod-problem.ts'
import { BadField, firstBad, readRows, wholeOf } from './value-rows.ts'

const COLUMNS = ['name', 'cpu_milli', 'memory_mib', 'num_gpu', 'gpu_milli']
const MOST = 2 ** 31 - 1
const MOST_ACCELERATORS = 31

interface NamedPod {
  readonly name: string
  readonly spec: string
  readonly kind: PodKind
}

/**
 * Reads a list of pods as openb publishes it: name, CPU in milli, memory in MiB, number of accelerators, milli of each and the
 * models that will do (`A|B` in `gpu_spec`; any where empty). By name; kinds of equal size are in the descending order of their models.
 */
export async function readPodList(
  file: string,
  models: readonly string[],
): Promise<Result<Pods, PodProblem>> {
  const rows = await readRows(file, COLUMNS, (row): NamedPod | BadField => {
    const accelerators = wholeOf(row, 'num_gpu', 0, MOST_ACCELERATORS)
    const most = accelerators === 1 ? WHOLE_MILLI : MOST
    const milli = accelerators === 0 ? 0 : wholeOf(row, 'gpu_milli', 1, most)
    const [cpuMilli, memoryMiB] = [wholeOf(row, 'cpu_milli', 0, MOST), wholeOf(row, 'memory_mib', 0, MOST)]
    const name = row('name')
    const bad = name === '' ? new BadField('name') : firstBad([accelerators, milli, cpuMilli, memoryMiB])
    if (bad) return bad
    const spec = row('gpu_spec')
    const milliEach = (accelerators as number) > 1 ? WHOLE_MILLI : milli
    const size = { cpuMilli, accelerators, milliEach, memoryMiB } as Omit<PodKind, 'models'>
    return { name, spec, kind: { ...size, models: maskOf(spec, models) } }
  })
  return rows.ok ? ok(podsOf([...rows.value].sort((a, b) => (a.name < b.name ? -1 : 1)))) : rows
}

function maskOf(spec: string, models: readonly string[]): number {
  if (spec === '') return -1
  return spec.split('|').reduce((mask, model) => {
    const at = models.indexOf(model)
    return at < 0 ? mask : mask | (1 << at)
  }, 0)
}

function podsOf(pods: readonly NamedPod[]): Pods {
  const byKey = new Map<string, NamedPod>()
  const keyOf = ({ spec, kind }: NamedPod): string =>
    [kind.cpuMilli, kind.accelerators, kind.milliEach, spec].join()
  for (const pod of pods) {
    const known = byKey.get(keyOf(pod)) ?? pod
    const memoryMiB = Math.max(known.kind.memoryMiB, pod.kind.memoryMiB)
    byKey.set(keyOf(pod), { ...known, kind: { ...known.kind, memoryMiB } })
  }
  const sorted = [...byKey].sort(([, a], [, b]) => (a.spec < b.spec ? 1 : -1))
  const kindAt = new Map(sorted.map(([key], at) => [key, at]))
  return {
    kinds: sorted.map(([, { kind }]) => kind),
    kindOf: Int32Array.from(pods, (pod) => kindAt.get(keyOf(pod)) as number),
    memoryMiB: Int32Array.from(pods, ({ kind }) => kind.memoryMiB),
  }
}

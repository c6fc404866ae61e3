import { Allocator } from '../../allocation/allocator.ts'
import { type PackedNode, WHOLE_MILLI } from '../../allocation/packing/packing-fleet.ts'
import { milliOf, type PodKind, type Pods } from '../../allocation/packing/pod-kind.ts'
import { FIFO } from '../../allocation/policies/fifo.ts'
import { type Instant, instant } from '../../base/instant.ts'
import { type Pool, poolOf } from '../../capacity/pool.ts'
import { ANYWHERE, type Gang, type Role } from '../../demand/gang.ts'
import { type AllocationCurve, CurveRecorder } from './pod-arrivals.ts'

/** All happens at one moment. */
const MOMENT: Instant = instant(0)

/**
 * The same arrivals through the allocator itself: each pod is a gang of one member, and one that cannot start at once is
 * cancelled. Where a pod asks for certain models every model is a pool of its own, and the pools are tried in the order in which
 * the nodes name them; else all nodes are one.
 */
export function playThroughAllocator(
  nodes: readonly PackedNode[],
  order: Int32Array,
  pods: Pods,
): AllocationCurve {
  const namesModels = pods.kinds.some(({ accelerators, models }) => accelerators > 0 && models !== -1)
  const poolAt = (model: number): number => (namesModels ? model : 0)
  const allocator = new Allocator(FIFO)
  openPools(allocator, nodes, order, poolAt)
  const liking = [...new Set(nodes.map(({ model }) => poolAt(model)))]
  const total = nodes.reduce((sum, { accelerators }) => sum + accelerators * WHOLE_MILLI, 0)
  const curve = new CurveRecorder(total)
  const roles = new Map<string, readonly Role[]>()
  let used = 0
  for (let at = 0; at < pods.kindOf.length && !curve.isOver; at++) {
    const kindAt = pods.kindOf[at] as number
    const kind = pods.kinds[kindAt] as PodKind
    const memoryMiB = pods.memoryMiB[at] as number
    const key = `${kindAt} ${memoryMiB}`
    const known = roles.get(key) ?? [roleOf(kind, memoryMiB, liking)]
    roles.set(key, known)
    if (starts(allocator, gangOf(`pod ${at}`, known))) used += milliOf(kind)
    curve.note(milliOf(kind), used)
  }
  return curve.curve()
}

/** Nodes come in the order in which they win ties. */
function openPools(
  allocator: Allocator,
  nodes: readonly PackedNode[],
  order: Int32Array,
  poolAt: (model: number) => number,
): void {
  const numbers = [...new Set(nodes.map(({ model }) => poolAt(model)))].sort((a, b) => a - b)
  for (const number of numbers) {
    const pool = poolNumbered(number)
    const inPool = [...order]
      .map((at) => nodes[at] as PackedNode)
      .filter(({ model }) => poolAt(model) === number)
    const groups = inPool.map(({ accelerators, cpuMilli, memoryMiB }, at) => ({
      domains: 1,
      nodesPerDomain: 1,
      acceleratorsPerNode: accelerators,
      domainsPerBlock: inPool.length,
      cpuCoresPerNode: cpuMilli / 1000,
      memoryMiBPerNode: memoryMiB,
      ...(at > 0 ? { continuesBlock: true } : {}),
    }))
    allocator.apply({ kind: 'openPool', pool }, MOMENT)
    allocator.apply({ kind: 'addNodes', poolId: pool.id, nodes: groups }, MOMENT)
  }
}

function poolNumbered(number: number): Pool {
  return poolOf({ provider: 'listed', region: 'all', hardware: `model ${number}`, fabric: 'default' })
}

function roleOf(kind: PodKind, memoryMiB: number, liking: readonly number[]): Role {
  const isShare = kind.accelerators > 0 && kind.milliEach < WHOLE_MILLI
  const accepted = liking.filter((number) => kind.accelerators === 0 || (kind.models & (1 << number)) !== 0)
  return {
    name: 'pod',
    members: 1,
    acceleratorsPerMember: isShare ? 0 : kind.accelerators,
    ...(isShare ? { acceleratorMilliPerMember: kind.milliEach } : {}),
    cpuCoresPerMember: kind.cpuMilli / 1000,
    memoryMiBPerMember: memoryMiB,
    accepts: accepted.map((number) => ({ hardware: poolNumbered(number).hardware, speed: 1 })),
    within: ANYWHERE,
  }
}

function gangOf(id: string, roles: readonly Role[]): Gang {
  return { id, tenant: 'anyone', priority: 0, roles, restartMs: 0, reclaimable: false }
}

function starts(allocator: Allocator, gang: Gang): boolean {
  const events = allocator.apply({ kind: 'submit', gang }, MOMENT)
  if (events.some(({ kind }) => kind === 'placed')) return true
  if (events[0]?.kind === 'submitted') allocator.apply({ kind: 'cancel', gangId: gang.id }, MOMENT)
  return false
}

import type { Role } from '../../demand/gang.ts'
import type { NodeRun, Part } from '../events.ts'
import type { FreeIndex } from '../free-index.ts'
import { WHOLE_MILLI } from '../packing/packing-fleet.ts'
import { isForCpuAlone, type MemberNeed, needOf } from './member-need.ts'
import type { NodeRoom } from './node-room.ts'
import { membersOfRun } from './runs-for.ts'

/** Whether the run takes more of its nodes than whole accelerators. */
export function takesBeside({ milli, slot, cpuMilli, memoryMiB }: NodeRun): boolean {
  return milli !== undefined || slot !== undefined || cpuMilli !== undefined || memoryMiB !== undefined
}

/** Whether the part, from wherever it comes, is what the role asks for on nodes in service. */
export function fitsInRoom(index: FreeIndex, room: NodeRoom, role: Role, { runs, cpuCores }: Part): boolean {
  const need = needOf(role)
  let members = 0
  for (const run of runs) {
    const here = membersOfRun(run, need)
    const isGood = Number.isSafeInteger(here) && here > 0 && run.nodes > 0
    if (!isGood || !isLike(run, need) || !index.areWorking(run.first, run.nodes)) return false
    for (let node = run.first; node < run.first + run.nodes; node++)
      if (!takesRightly(room, need, run, node, here)) return false
    members += here * run.nodes
  }
  return members === role.members && cpuCores === 0
}

function isLike({ nodes, each, milli, slot }: NodeRun, { milli: share, accelerators }: MemberNeed): boolean {
  if (share === 0) return milli === undefined && slot === undefined && (accelerators > 0 || each === 0)
  return nodes === 1 && each === 0 && slot !== undefined
}

function takesRightly(
  room: NodeRoom,
  need: MemberNeed,
  run: NodeRun,
  node: number,
  members: number,
): boolean {
  const { cpuMilli, memoryMiB } = need
  const cpu = cpuMilli > 0 && room.statesCoresOf(node) ? members * cpuMilli : undefined
  const memory = memoryMiB > 0 && room.statesMemoryOf(node) ? members * memoryMiB : undefined
  if (isForCpuAlone(need) && cpu === undefined) return false
  return run.cpuMilli === cpu && run.memoryMiB === memory && (run.slot ?? 0) < (room.slots[node] as number)
}

interface Taken {
  accelerators: number
  cpuMilli: number
  memoryMiB: number
  readonly bySlot: Map<number, number>
}

/** Whether what the runs take together of one pool is free. */
export function areFreeTogether(index: FreeIndex, room: NodeRoom, runs: readonly NodeRun[]): boolean {
  const byNode = new Map<number, Taken>()
  for (const run of runs) {
    for (let node = run.first; node < run.first + run.nodes; node++) {
      const taken = byNode.get(node) ?? { accelerators: 0, cpuMilli: 0, memoryMiB: 0, bySlot: new Map() }
      byNode.set(node, taken)
      taken.accelerators += run.each
      taken.cpuMilli += run.cpuMilli ?? 0
      taken.memoryMiB += run.memoryMiB ?? 0
      if (run.slot !== undefined)
        taken.bySlot.set(run.slot, (taken.bySlot.get(run.slot) ?? 0) + (run.milli ?? 0))
    }
  }
  return [...byNode].every(([node, taken]) => isFreeOn(index, room, node, taken))
}

function isFreeOn(index: FreeIndex, room: NodeRoom, node: number, taken: Taken): boolean {
  let accelerators = taken.accelerators
  for (const [slot, milli] of taken.bySlot) {
    const remnant = room.remnantOf(node, slot)
    if (remnant < 0) accelerators += 1
    if (milli > (remnant < 0 ? WHOLE_MILLI : remnant)) return false
  }
  const fitsBeside = taken.cpuMilli <= room.cpuLeftOn(node) && taken.memoryMiB <= room.memoryLeftOn(node)
  return accelerators <= index.freeOf(node) && fitsBeside
}

import type { NodeRun } from '../events.ts'
import { WHOLE_MILLI } from '../packing/packing-fleet.ts'
import { isForCpuAlone, type MemberNeed } from './member-need.ts'
import type { NodeRoom } from './node-room.ts'
import type { Seated } from './seats.ts'

/** What the members take of each node. Neighbours that take the same become one run. */
export function runsFor(room: NodeRoom, need: MemberNeed, seated: readonly Seated[]): NodeRun[] {
  const runs: NodeRun[] = []
  for (const { node, members } of seated) {
    if (need.milli > 0) runs.push(...sharesOn(room, need, node, members))
    else append(runs, { ...runOn(room, need, node, members), each: members * need.accelerators })
  }
  return runs
}

/** A share on one accelerator of the node. */
export function shareRun(
  room: NodeRoom,
  need: MemberNeed,
  at: { node: number; slot: number; members: number },
): NodeRun {
  const { node, slot, members } = at
  return { ...runOn(room, need, node, members), slot, milli: members * need.milli }
}

function runOn(room: NodeRoom, { cpuMilli, memoryMiB }: MemberNeed, node: number, members: number): NodeRun {
  return {
    first: node,
    nodes: 1,
    each: 0,
    ...(cpuMilli > 0 && room.statesCoresOf(node) ? { cpuMilli: members * cpuMilli } : {}),
    ...(memoryMiB > 0 && room.statesMemoryOf(node) ? { memoryMiB: members * memoryMiB } : {}),
  }
}

/** Each goes to the tightest remnant that holds it, and where there is none to an accelerator that nobody uses. */
function sharesOn(room: NodeRoom, need: MemberNeed, node: number, members: number): NodeRun[] {
  const slots = room.slots[node] as number
  const free = Array.from({ length: slots }, (_, slot) => room.offeredOf(node, slot))
  const onSlot = free.map(() => 0)
  for (let member = 0; member < members; member++) {
    const slot = tightest(free, need.milli)
    const remnant = free[slot] as number
    free[slot] = (remnant < 0 ? WHOLE_MILLI : remnant) - need.milli
    onSlot[slot] = (onSlot[slot] as number) + 1
  }
  return onSlot.flatMap((sharers, slot) =>
    sharers > 0 ? [shareRun(room, need, { node, slot, members: sharers })] : [],
  )
}

function tightest(free: readonly number[], milli: number): number {
  let best = -1
  for (const [slot, remnant] of free.entries())
    if (remnant >= milli && (best < 0 || remnant < (free[best] as number))) best = slot
  return best >= 0 ? best : free.findIndex((remnant) => remnant < 0)
}

function append(runs: NodeRun[], run: NodeRun): void {
  const last = runs.at(-1)
  const isNext =
    last !== undefined &&
    last.first + last.nodes === run.first &&
    last.each === run.each &&
    last.cpuMilli === run.cpuMilli &&
    last.memoryMiB === run.memoryMiB
  if (isNext) runs[runs.length - 1] = { ...last, nodes: last.nodes + 1 }
  else runs.push(run)
}

/** How many members of the role sit on each node of the run; not whole where the run is not theirs. */
export function membersOfRun({ each, milli = 0, cpuMilli = 0 }: NodeRun, need: MemberNeed): number {
  if (need.milli > 0) return milli / need.milli
  return isForCpuAlone(need) ? cpuMilli / need.cpuMilli : each / need.accelerators
}

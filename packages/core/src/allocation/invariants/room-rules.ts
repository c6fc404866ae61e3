import type { Role } from '../../demand/gang.ts'
import type { NodeRun, Part } from '../events.ts'
import type { NodeRoom } from '../shares/node-room.ts'
import type { Broken } from './broken.ts'
import type { CountedNode, CountedPool, Recount } from './recount.ts'

/** What is taken of one node beside whole accelerators: milli of each that is shared, cores in milli, memory. */
export interface TakenBeside {
  readonly slots: Map<number, number>
  cpuMilli: number
  memoryMiB: number
}

export function takenBeside(parts: readonly Part[], poolId: string, into = new Map<number, TakenBeside>()) {
  for (const part of parts) {
    if (part.poolId !== poolId) continue
    for (const run of part.runs) {
      for (let node = run.first; node < run.first + run.nodes; node++) {
        const taken = into.get(node) ?? { slots: new Map(), cpuMilli: 0, memoryMiB: 0 }
        into.set(node, taken)
        if (run.milli !== undefined && run.slot !== undefined)
          taken.slots.set(run.slot, (taken.slots.get(run.slot) ?? 0) + run.milli)
        taken.cpuMilli += run.cpuMilli ?? 0
        taken.memoryMiB += run.memoryMiB ?? 0
      }
    }
  }
  return into
}

/** Whether the runs take beside accelerators what the role's members ask for, member by member. */
export function besideRules(subject: string, role: Role, part: Part, pool: CountedPool): Broken[] {
  const broken: Broken[] = []
  const share = role.acceleratorMilliPerMember
  let members = 0
  for (const run of part.runs) {
    for (let node = run.first; node < run.first + run.nodes; node++) {
      const here = membersOn(role, run)
      members += here
      const counted = pool.nodes[node]
      const sharesRightly = share === undefined ? run.milli === undefined : run.each === 0 && run.nodes === 1
      if (!counted || !Number.isInteger(here) || !sharesRightly || !takesRightly(role, run, counted, here))
        broken.push({ rule: 'membersHaveTheirNeeds', subject, found: node })
    }
  }
  const isCounted = part.runs.length === 0 && role.acceleratorsPerMember === 0 && share === undefined
  // The sizes of an elastic role are looked at with its accelerators.
  if (!isCounted && !role.elastic && members !== role.members)
    broken.push({ rule: 'holdsWhatItsRolesAsk', subject, expected: role.members, found: members })
  return broken
}

function membersOn(role: Role, run: NodeRun): number {
  if (role.acceleratorMilliPerMember !== undefined) return (run.milli ?? 0) / role.acceleratorMilliPerMember
  if (role.acceleratorsPerMember > 0) return run.each / role.acceleratorsPerMember
  return (run.cpuMilli ?? 0) / Math.round(role.cpuCoresPerMember * 1000)
}

function takesRightly(role: Role, run: NodeRun, node: CountedNode, members: number): boolean {
  const cores = Math.round(role.cpuCoresPerMember * 1000) * members
  const memory = (role.memoryMiBPerMember ?? 0) * members
  const expectedCores = node.cpuMilli === undefined || cores === 0 ? undefined : cores
  const expectedMemory = node.memoryMiB === undefined || memory === 0 ? undefined : memory
  return run.cpuMilli === expectedCores && run.memoryMiB === expectedMemory
}

/** What a pool's nodes give beside whole accelerators, against what they have and what the pool's room says. */
export function roomRules(recount: Recount, pool: CountedPool, room: NodeRoom | undefined): Broken[] {
  const { id } = pool.pool
  const running = new Map<number, TakenBeside>()
  for (const { parts = [] } of recount.gangs.values()) takenBeside(parts, id, running)
  const kept = new Map([...running].map(([node, taken]) => [node, { ...taken }]))
  for (const { parts } of recount.handOvers.values()) keep(pool, parts, kept)
  return pool.nodes.flatMap((node, n) => [
    ...limitRules(`${id}#${n}`, node, running.get(n)),
    ...(room ? countRules(`${id}#${n}`, node, n, kept.get(n), room) : []),
  ])
}

/** Who asked first gets first of what running gangs leave of each node. */
function keep(pool: CountedPool, parts: readonly Part[], kept: Map<number, TakenBeside>): void {
  for (const [n, wanted] of takenBeside(parts, pool.pool.id)) {
    const taken = kept.get(n) ?? { slots: new Map(), cpuMilli: 0, memoryMiB: 0 }
    const node = pool.nodes[n]
    kept.set(n, taken)
    taken.cpuMilli += Math.min(wanted.cpuMilli, Math.max(0, (node?.cpuMilli ?? 0) - taken.cpuMilli))
    taken.memoryMiB += Math.min(wanted.memoryMiB, Math.max(0, (node?.memoryMiB ?? 0) - taken.memoryMiB))
  }
}

function limitRules(subject: string, node: CountedNode, taken: TakenBeside | undefined): Broken[] {
  if (!taken) return []
  const broken: Broken[] = []
  for (const [slot, milli] of taken.slots) {
    if (milli > 1000 || slot >= node.capacity)
      broken.push({ rule: 'acceleratorsAreSharedOnce', subject: `${subject}/${slot}`, found: milli })
  }
  if (node.cpuMilli !== undefined && taken.cpuMilli > node.cpuMilli)
    broken.push({ rule: 'nodeCoresAreEnough', subject, expected: node.cpuMilli, found: taken.cpuMilli })
  if (node.memoryMiB !== undefined && taken.memoryMiB > node.memoryMiB)
    broken.push({ rule: 'nodeMemoryIsEnough', subject, expected: node.memoryMiB, found: taken.memoryMiB })
  return broken
}

function countRules(
  subject: string,
  node: CountedNode,
  n: number,
  taken: TakenBeside | undefined,
  room: NodeRoom,
): Broken[] {
  const broken: Broken[] = []
  const expect = (what: string, expected: number, found: number): void => {
    if (expected !== found)
      broken.push({ rule: 'roomIsCounted', subject: `${subject} ${what}`, expected, found })
  }
  if (node.cpuMilli !== undefined) expect('cores', node.cpuMilli - (taken?.cpuMilli ?? 0), room.cpuLeftOn(n))
  if (node.memoryMiB !== undefined)
    expect('memory', node.memoryMiB - (taken?.memoryMiB ?? 0), room.memoryLeftOn(n))
  for (let slot = 0; slot < Math.min(node.capacity, 128); slot++) {
    const used = taken?.slots.get(slot)
    expect(`slot ${slot}`, used === undefined ? -1 : 1000 - used, room.remnantOf(n, slot))
  }
  expect('opened', taken?.slots.size ?? 0, room.openedOn(n))
  return broken
}

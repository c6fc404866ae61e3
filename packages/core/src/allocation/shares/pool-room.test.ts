import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NodeGroup } from '../../capacity/topology.ts'
import type { Role } from '../../demand/gang.ts'
import { aRole } from '../../testing/gang.ts'
import type { NodeRun } from '../events.ts'
import { FreeIndex } from '../free-index.ts'
import { LearntMix } from './learnt-mix.ts'
import { PoolRoom } from './pool-room.ts'

const groups: fc.Arbitrary<NodeGroup[]> = fc.array(
  fc.record({
    domains: fc.integer({ min: 1, max: 3 }),
    nodesPerDomain: fc.integer({ min: 1, max: 3 }),
    acceleratorsPerNode: fc.constantFrom(1, 2, 4),
    domainsPerBlock: fc.integer({ min: 1, max: 2 }),
    cpuCoresPerNode: fc.constantFrom(2, 4.5, 16),
    memoryMiBPerNode: fc.constantFrom(4, 9),
  }),
  { minLength: 1, maxLength: 2 },
)

const roles: fc.Arbitrary<Role> = fc
  .record({
    members: fc.integer({ min: 1, max: 5 }),
    ask: fc.constantFrom(
      { each: 0 },
      { each: 1 },
      { each: 2 },
      { milli: 150 },
      { milli: 400 },
      { milli: 500 },
      { milli: 810 },
    ),
    cpuCores: fc.constantFrom(0, 0.5, 1, 2.25),
    memoryMiB: fc.integer({ min: 0, max: 3 }),
    level: fc.constantFrom('node' as const, 'domain' as const, 'block' as const, 'pool' as const),
    required: fc.boolean(),
  })
  .map(({ ask, cpuCores, level, required, ...rest }) => {
    const isForCpuAlone = 'each' in ask && ask.each === 0
    return aRole('r', {
      ...rest,
      ...ask,
      cpuCores: isForCpuAlone ? cpuCores + 0.5 : cpuCores,
      within: { level, required },
    })
  })

/** Each role is placed if it fits, or the one that has been there longest of so many goes. */
const steps = fc.array(fc.record({ role: fc.nat(5), goes: fc.nat(3), pick: fc.nat(99) }), { maxLength: 40 })

interface Stage {
  readonly index: FreeIndex
  readonly room: PoolRoom
  readonly mix: LearntMix
}

function stage(of: readonly NodeGroup[], mix = new LearntMix()): Stage {
  const index = new FreeIndex()
  index.add(of)
  return { index, mix, room: new PoolRoom({ index, groups: of, hardware: 'gpu', mix }) }
}

/** Members that the node would take, tried one after the other. */
function seatsByHand({ index, room }: Stage, node: number, role: Role): number {
  const { nodes } = room
  let whole = index.freeOf(node)
  const remnants = Array.from({ length: nodes.slots[node] as number }, (_, slot) =>
    nodes.remnantOf(node, slot),
  )
  let cores = nodes.cpuLeftOn(node)
  let memory = nodes.memoryLeftOn(node)
  for (let seats = 0; ; seats++) {
    cores -= Math.round(role.cpuCoresPerMember * 1000)
    memory -= role.memoryMiBPerMember ?? 0
    whole -= role.acceleratorsPerMember
    const milli = role.acceleratorMilliPerMember
    if (milli !== undefined) {
      const slot = remnants.findIndex((remnant) => remnant >= milli)
      if (slot >= 0) remnants[slot] = (remnants[slot] as number) - milli
      else {
        whole -= 1
        remnants.push(1000 - milli)
      }
    }
    if (cores < 0 || memory < 0 || whole < 0 || seats === role.members) return seats
  }
}

function fitsByHand(stage: Stage, role: Role): boolean {
  const { level, required } = role.within
  const seats = new Map<number, number>()
  for (let node = 0; node < stage.index.nodes; node++) {
    const domain = stage.index.domainOf(node)
    const units = { node, domain, block: stage.index.blockOf(domain), pool: 0 }
    const unit = required ? units[level] : 0
    seats.set(unit, (seats.get(unit) ?? 0) + seatsByHand(stage, node, role))
  }
  return [...seats.values()].some((count) => count >= role.members)
}

function play(
  of: readonly NodeGroup[],
  asked: readonly Role[],
  happens: readonly { readonly role: number; readonly goes: number; readonly pick: number }[],
  look: (stage: Stage, role: Role, isSole: boolean, runs: NodeRun[] | undefined) => void,
): Stage {
  const scene = stage(of)
  const held: NodeRun[][] = []
  for (const { role: at, goes, pick } of happens) {
    const role = asked[at % asked.length] as Role
    const [gone] = goes === 0 ? held.splice(pick % Math.max(1, held.length), 1) : []
    if (gone) scene.index.give(gone)
    scene.mix.note({ id: '', tenant: '', priority: 0, roles: [role], restartMs: 0, reclaimable: false })
    const isSole = pick % 2 === 0
    const runs = scene.room.choose(role, isSole)
    look(scene, role, isSole, runs)
    if (!runs) continue
    scene.index.take(runs)
    held.push(runs)
  }
  for (const runs of held) scene.index.give(runs)
  return scene
}

const asked = fc.array(roles, { minLength: 1, maxLength: 6 })

test('members are placed exactly where their accelerators, shares, cores and memory fit, and all comes back', () => {
  fc.assert(
    fc.property(groups, asked, steps, (of, kinds, happens) => {
      const { index, room } = play(of, kinds, happens, (scene, role, _, runs) => {
        expect(runs !== undefined).toBe(fitsByHand(scene, role))
      })
      expect(index.free).toBe(index.capacity)
      for (let node = 0; node < index.nodes; node++) expect(room.nodes.openedOn(node)).toBe(0)
    }),
  )
})

test('what is remembered of scores leads to the node that is found anew', () => {
  fc.assert(
    fc.property(groups, asked, steps, (of, kinds, happens) => {
      play(of, kinds, happens, ({ index, room, mix }, role, isSole, runs) => {
        const groupsAgain = new PoolRoom({ index: copyOf(index, of, room), groups: of, hardware: 'gpu', mix })
        carryOver(room, groupsAgain, index)
        expect(groupsAgain.choose(role, isSole)).toEqual(runs)
      })
    }),
  )
})

/** The same nodes with the same whole accelerators held; shares, cores and memory follow by `carryOver`. */
function copyOf(index: FreeIndex, of: readonly NodeGroup[], room: PoolRoom): FreeIndex {
  const copy = new FreeIndex()
  copy.add(of)
  for (let node = 0; node < index.nodes; node++)
    copy.take([{ first: node, nodes: 1, each: index.heldOn(node) - room.nodes.openedOn(node) }])
  return copy
}

function carryOver(from: PoolRoom, to: PoolRoom, index: FreeIndex): void {
  for (let node = 0; node < index.nodes; node++) {
    const built = from.nodes.built[node]
    const runs: NodeRun[] = [
      {
        first: node,
        nodes: 1,
        each: 0,
        cpuMilli: (built?.cpuMilli ?? 0) - from.nodes.cpuLeftOn(node),
        memoryMiB: (built?.memoryMiB ?? 0) - from.nodes.memoryLeftOn(node),
      },
    ]
    for (let slot = 0; slot < (built?.accelerators ?? 0); slot++) {
      const remnant = from.nodes.remnantOf(node, slot)
      if (remnant >= 0) runs.push({ first: node, nodes: 1, each: 0, slot, milli: 1000 - remnant })
    }
    to.nodes.hold(runs, 1)
  }
}

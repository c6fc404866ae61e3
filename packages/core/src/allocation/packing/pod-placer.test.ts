import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawnKinds, drawnNodes } from '../../testing/drawn-pods.ts'
import type { PackedNode, PackingFleet } from './packing-fleet.ts'
import { PACKING_POLICIES, type Packing, PackingPlan, type PackingPolicy } from './packing-policies.ts'
import type { PodKind, PodMix } from './pod-kind.ts'
import type { PodPlace } from './pod-placer.ts'

/** What happens: a pod of the kind arrives, or the pod that has been there longest of so many goes. */
const steps = fc.array(
  fc.record({ arrives: fc.integer({ min: 0, max: 3 }).map((n) => n > 0), pick: fc.nat(999) }),
  { maxLength: 60 },
)

interface Held extends PodPlace {
  readonly kindAt: number
}

/** Plays the steps; `look` sees each arrival. */
function play(
  policy: PackingPolicy,
  nodes: readonly PackedNode[],
  kinds: readonly PodKind[],
  happens: readonly { readonly arrives: boolean; readonly pick: number }[],
  look: (place: PodPlace | undefined, fits: boolean) => void,
): Packing & { readonly held: readonly Held[] } {
  const order = Int32Array.from(nodes.keys())
  const { fleet, placer } = planOf(nodes, kinds).begin(policy, order)
  const held: Held[] = []
  for (const { arrives, pick } of happens) {
    if (!arrives) {
      const [gone] = held.splice(pick % Math.max(1, held.length), 1)
      if (gone) placer.remove(gone.kindAt, (kinds[gone.kindAt] as PodKind).memoryMiB, gone)
      continue
    }
    const kindAt = pick % kinds.length
    const kind = kinds[kindAt] as PodKind
    const fits = nodes.some((_, node) => couldTake(fleet, node, kind))
    const place = placer.place(kindAt, kind.memoryMiB)
    look(place, fits)
    if (place) held.push({ ...place, kindAt })
  }
  return { fleet, placer, held }
}

function planOf(nodes: readonly PackedNode[], kinds: readonly PodKind[]): PackingPlan {
  return new PackingPlan(nodes, kinds, mixOfAll(kinds))
}

function mixOfAll(kinds: readonly PodKind[]): PodMix {
  return kinds.map((kind, at) => ({ kind, count: 1 + (at % 3) }))
}

describe.each(PACKING_POLICIES)('%s', (policy) => {
  it('never refuses a pod that fits, and places none that does not', () => {
    fc.assert(
      fc.property(drawnNodes, drawnKinds, steps, (nodes, kinds, happens) => {
        play(policy, nodes, kinds, happens, (place, fits) => expect(place !== undefined).toBe(fits))
      }),
    )
  })

  it('holds on every node what its pods ask for, and no more than there is', () => {
    fc.assert(
      fc.property(drawnNodes, drawnKinds, steps, (nodes, kinds, happens) => {
        const { fleet, held } = play(policy, nodes, kinds, happens, () => undefined)
        for (const [node, built] of nodes.entries()) {
          const here = held.filter((pod) => pod.node === node).map(({ kindAt }) => kinds[kindAt] as PodKind)
          const sum = (of: (kind: PodKind) => number): number => here.reduce((all, kind) => all + of(kind), 0)
          expect(fleet.cpuFree[node]).toBe(built.cpuMilli - sum(({ cpuMilli }) => cpuMilli))
          expect(fleet.memoryFree[node]).toBe(built.memoryMiB - sum(({ memoryMiB }) => memoryMiB))
          const milli = built.accelerators * 1000 - sum((kind) => kind.accelerators * kind.milliEach)
          expect(fleet.milliFree[node]).toBe(milli)
          const slots = [...fleet.slotFree.subarray(node * fleet.slotWidth, (node + 1) * fleet.slotWidth)]
          expect(slots.reduce((all, free) => all + free, 0)).toBe(milli)
          expect(slots.every((free) => free >= 0 && free <= 1000)).toBe(true)
          expect(fleet.wholeFree[node]).toBe(slots.filter((free) => free === 1000).length)
        }
      }),
    )
  })

  it('chooses as one that has seen nothing before and finds the fleet as it is', () => {
    fc.assert(
      fc.property(drawnNodes, drawnKinds, steps, fc.nat(99), (nodes, kinds, happens, next) => {
        const { fleet, placer, held } = play(policy, nodes, kinds, happens, () => undefined)
        const fresh = planOf(nodes, kinds).begin(policy, Int32Array.from(nodes.keys()))
        for (const { kindAt, ...place } of held) fresh.placer.restore(kindAt, memoryOf(kinds, kindAt), place)
        const kindAt = next % kinds.length
        const chosen = placer.place(kindAt, memoryOf(kinds, kindAt))
        expect(chosen).toEqual(fresh.placer.place(kindAt, memoryOf(kinds, kindAt)))
        expect([...fleet.slotFree]).toEqual([...fresh.fleet.slotFree])
      }),
    )
  })
})

function memoryOf(kinds: readonly PodKind[], kindAt: number): number {
  return (kinds[kindAt] as PodKind).memoryMiB
}

/** Whether the node could take the pod, memory and model included. */
function couldTake(fleet: PackingFleet, node: number, kind: PodKind): boolean {
  const { cpuFree, memoryFree, model, slotFree, slotWidth } = fleet
  if ((cpuFree[node] as number) < kind.cpuMilli || (memoryFree[node] as number) < kind.memoryMiB) return false
  if (kind.accelerators === 0) return true
  if ((kind.models & (1 << (model[node] as number))) === 0) return false
  const slots = slotFree.subarray(node * slotWidth, (node + 1) * slotWidth)
  return slots.filter((free) => free >= kind.milliEach).length >= kind.accelerators
}

import { expect, it } from 'vitest'
import { FragmentationGradient } from './fgd.ts'
import { NEVER } from './node-scorer.ts'
import { PackingFleet } from './packing-fleet.ts'
import type { PodKind } from './pod-kind.ts'

const NODE = { cpuMilli: 32_000, memoryMiB: 1024, accelerators: 2, model: 0 }

function kind(accelerators: number, milliEach: number, cpuMilli = 1000): PodKind {
  return { cpuMilli, accelerators, milliEach, models: -1, memoryMiB: 1 }
}

function scorer(fleet: PackingFleet, ...typical: readonly PodKind[]): FragmentationGradient {
  const probability = 1 / typical.length
  return new FragmentationGradient(
    fleet,
    typical.map((each) => ({ kind: each, probability })),
  )
}

it('scores a placement that adds no fragmentation at half of a hundred', () => {
  const fleet = new PackingFleet([NODE])
  expect(scorer(fleet, kind(1, 500)).score(0, kind(1, 500))).toBe(50)
})

it('scores one that leaves a remnant nobody uses below that, by its milli', () => {
  const fleet = new PackingFleet([NODE])
  // 400 milli are left that no pod of 500 can use: 100 × sigmoid(−0.4) is 40.1.
  expect(scorer(fleet, kind(1, 500)).score(0, kind(1, 600))).toBe(40)
})

it('takes for a share the slot that it fragments least, the first of equals', () => {
  const fleet = new PackingFleet([NODE])
  fleet.hold(0, kind(1, 500), 0, 0b10)
  const gradient = scorer(fleet, kind(1, 1000))
  // The second slot is of no use to whole pods any more: its 500 milli are idle anyway.
  expect(gradient.score(0, kind(1, 500))).toBe(62)
  expect(gradient.slot).toBe(1)
})

it('never takes what does not fit', () => {
  const fleet = new PackingFleet([NODE])
  const gradient = scorer(fleet, kind(1, 500))
  expect(gradient.score(0, kind(3, 1000))).toBe(NEVER)
  expect(gradient.score(0, kind(1, 500, 64_000))).toBe(NEVER)
})

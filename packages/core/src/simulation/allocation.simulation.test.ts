import { describe, expect, test } from 'vitest'
import { Allocator } from '../allocation/allocator.ts'
import { restoreSnapshot, takeSnapshot } from '../allocation/snapshot.ts'
import { CheckedAllocator, type GivenCommand } from './checked-allocator.ts'
import { drawHistory } from './draw-history.ts'
import { KEPT_SEEDS } from './simulation.seeds.ts'
import { type SimulationInput, Simulator } from './simulator.ts'

const SEEDS = [...KEPT_SEEDS, ...Array.from({ length: 150 }, (_, seed) => seed + 1)]

function played(input: SimulationInput): CheckedAllocator {
  const allocator = new CheckedAllocator(input.policy)
  new Simulator(input, () => undefined, allocator).run()
  return allocator
}

/** The first command on which an allocator restored in the middle decides otherwise than the one that was never stopped. */
function firstDifference(given: readonly GivenCommand[], { policy }: SimulationInput): unknown {
  const middle = Math.floor(given.length / 2)
  const steady = new Allocator(policy)
  for (const { command, at } of given.slice(0, middle)) steady.apply(command, at)
  const restored = restoreSnapshot(JSON.parse(JSON.stringify(takeSnapshot(steady.state))))
  if (!restored.ok) return restored.problems
  const resumed = new Allocator(policy, restored.value)
  for (const { command, at } of given.slice(middle)) {
    const [before, after] = [steady.apply(command, at), resumed.apply(command, at)]
    if (JSON.stringify(before) !== JSON.stringify(after)) return { command, before, after }
  }
  return undefined
}

describe.each(SEEDS)('seed %i', (seed) => {
  const input = drawHistory(seed)
  const allocator = played(input)

  test('breaks no invariant at any step', () => {
    expect(allocator.given.length).toBeGreaterThan(0)
    expect(allocator.broken).toEqual([])
  })

  test('is rebuilt from its events alone', () => {
    const rebuilt = Allocator.replay(allocator.events, input.policy)
    expect(takeSnapshot(rebuilt.state)).toEqual(takeSnapshot(allocator.state))
  })

  test('goes on from a snapshot as if never stopped', () => {
    expect(firstDifference(allocator.given, input)).toBeUndefined()
  })
})

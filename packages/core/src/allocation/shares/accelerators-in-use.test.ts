import { expect, test } from 'vitest'
import type { NodeRun, Part } from '../events.ts'
import { AcceleratorsInUse } from './accelerators-in-use.ts'

function part(...runs: readonly NodeRun[]): Part {
  return { role: 'r', poolId: 'p', runs, cpuCores: 0 }
}

function share(slot: number, milli: number): NodeRun {
  return { first: 3, nodes: 1, each: 0, slot, milli }
}

test('an accelerator that is shared is in use once, from the first share to the last', () => {
  const inUse = new AcceleratorsInUse()
  expect(inUse.change(part(share(0, 300)), 1)).toBe(1)
  expect(inUse.change(part(share(0, 300)), 1)).toBe(0)
  expect(inUse.change(part(share(1, 500), { first: 4, nodes: 2, each: 8 }), 1)).toBe(17)
  expect(inUse.change(part(share(0, 300)), -1)).toBe(0)
  expect(inUse.change(part(share(0, 300)), -1)).toBe(-1)
})

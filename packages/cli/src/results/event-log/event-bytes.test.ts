import type { AllocationEvent } from '@offtake/core/allocation/events'
import { instant } from '@offtake/core/base/instant'
import { allocationHistories } from '@offtake/core/testing/allocation-history'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { writeEvent } from './event-bytes.ts'
import { JsonBytes } from './json-bytes.ts'

function written(event: AllocationEvent): string {
  const out = new JsonBytes()
  writeEvent(event, out)
  return out.take().toString()
}

test('every event is written as JSON.stringify writes it', () => {
  fc.assert(
    fc.property(allocationHistories(), (events) => {
      for (const event of events) expect(written(event)).toBe(JSON.stringify(event))
    }),
    { numRuns: 50 },
  )
})

test('a name of any characters is written as JSON.stringify writes it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string(), (gangId, role) => {
      const run = { first: 0, nodes: 2, each: 8 }
      const parts = [{ role, poolId: gangId, runs: [run, run], cpuCores: 3 }]
      const placed = { kind: 'placed', at: instant(5), gangId, parts, borrowed: 0 } as const
      expect(written(placed)).toBe(JSON.stringify(placed))
    }),
  )
})

test('numbers of every length are written as JSON.stringify writes them', () => {
  const out = new JsonBytes()
  const any = fc.oneof(fc.maxSafeInteger(), fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  fc.assert(
    fc.property(any, fc.nat(15), (value, power) => {
      for (const number of [value, 10 ** power, 10 ** power - 1, 2 ** 31 + power - 8, 1e9 * power]) {
        out.number(number)
        expect(out.take().toString()).toBe(JSON.stringify(number))
      }
    }),
  )
})

test('what is longer than the buffer makes it grow', () => {
  const out = new JsonBytes()
  const long = 'ä"\\'.repeat(100_000)
  out.text(long)
  out.ascii('x'.repeat(300_000))
  expect(out.take().toString()).toBe(JSON.stringify(long) + 'x'.repeat(300_000))
})

test('what a run takes beside whole accelerators is written too', () => {
  const share = { first: 3, nodes: 1, each: 0, cpuMilli: 500, slot: 2, milli: 250 }
  const seated = { first: 4, nodes: 2, each: 8, cpuMilli: 32_000, memoryMiB: 1024 }
  const parts = [{ role: 'worker', poolId: 'p', runs: [seated, share, seated], cpuCores: 0 }]
  const placed = { kind: 'placed', at: instant(5), gangId: 'g', parts, borrowed: 0.25 } as const
  expect(written(placed)).toBe(JSON.stringify(placed))
})

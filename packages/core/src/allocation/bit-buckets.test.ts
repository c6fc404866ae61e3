import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BitBuckets } from './bit-buckets.ts'

const ROWS = 3

/** Many of them neighbours, so that words are shared. */
const member = fc.oneof(
  fc.nat(40),
  fc.integer({ min: 1_010, max: 1_040 }),
  fc.nat(4_999),
  fc.integer({ min: 32_700, max: 32_900 }),
)

const operation = fc.record({
  does: fc.constantFrom('add', 'remove', 'next', 'previous'),
  row: fc.nat(ROWS - 1),
  member,
})

/** Sizes around the borders of a word, a word of the lower and a word of the upper summary. */
const size = fc.constantFrom(1, 31, 32, 33, 1_023, 1_024, 1_025, 5_000, 32_768, 33_000)

test('answers as plain sets do, whatever was added and removed before', () => {
  fc.assert(
    fc.property(
      size,
      fc.array(operation, { minLength: 20, maxLength: 200, size: 'max' }),
      (members, operations) => {
        const buckets = new BitBuckets(ROWS, members)
        const sets = Array.from({ length: ROWS }, () => new Set<number>())
        for (const { does, row, member: drawn } of operations) {
          const member = drawn % members
          const set = sets[row] ?? new Set()
          const sorted = [...set].sort((a, b) => a - b)
          if (does === 'add') {
            expect(buckets.add(row, member)).toBe(set.size === 0)
            set.add(member)
          } else if (does === 'remove') {
            set.delete(member)
            expect(buckets.remove(row, member)).toBe(set.size === 0)
          } else if (does === 'next') {
            expect(buckets.next(row, member)).toBe(sorted.find((other) => other >= member) ?? -1)
          } else {
            expect(buckets.previous(row, member)).toBe(sorted.filter((other) => other <= member).at(-1) ?? -1)
          }
          expect(buckets.first(row)).toBe(set.size === 0 ? -1 : Math.min(...set))
        }
      },
    ),
  )
})

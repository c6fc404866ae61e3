import fc from 'fast-check'
import { expect, it } from 'vitest'
import { TimeSum } from './time-sum.ts'

it('adds up exactly what a plain number could not hold', () => {
  const sum = new TimeSum()
  for (let n = 0; n < 5; n++) sum.add(9_007_199, 1_000_000_007)
  sum.add(1, 1)
  expect(sum.total).toBe(5n * 9_007_199n * 1_000_000_007n + 1n)
})

it('agrees with whole numbers of any size', () => {
  const term = fc.tuple(fc.nat(2 ** 31 - 1), fc.nat(2 ** 31 - 1))
  fc.assert(
    fc.property(fc.array(term), (terms) => {
      const sum = new TimeSum()
      for (const [accelerators, ms] of terms) sum.add(accelerators, ms)
      expect(sum.total).toBe(terms.reduce((total, [a, b]) => total + BigInt(a) * BigInt(b), 0n))
    }),
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { censoredQuantiles } from './censored-quantiles.ts'

const seen = (size: number) => ({ size, isOpen: false })
const open = (size: number) => ({ size, isOpen: true })

test('where all is known they are those of the sizes themselves', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 40 }),
      fc.constantFrom(0.1, 0.5, 0.9),
      (sizes, share) => {
        const sorted = [...sizes].sort((a, b) => a - b)
        const rank = Math.max(1, Math.ceil(share * sizes.length - 1e-9))
        expect(censoredQuantiles(sizes.map(seen), [share])).toEqual([sorted[rank - 1]])
      },
    ),
  )
})

test('those that are still open count with those that are known to be larger', () => {
  // Half end at 1; of the rest one is open at 2, so the one that ends at 3 stands for it too.
  expect(censoredQuantiles([seen(1), seen(1), open(2), seen(3)], [0.5, 0.9])).toEqual([1, 3])
  // What was open before anything ended tells nothing.
  expect(censoredQuantiles([open(1), open(1), seen(2), seen(4)], [0.5, 1])).toEqual([2, 4])
})

test('where too many are open to tell, it is the largest that was seen or reached', () => {
  expect(censoredQuantiles([seen(1), open(5), open(7)], [0.1, 0.9])).toEqual([1, 7])
})

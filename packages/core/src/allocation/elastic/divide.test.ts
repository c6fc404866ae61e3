import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Choice, divide } from './divide.ts'

function choices(most: number): fc.Arbitrary<Choice[]> {
  const step = fc.record({ accelerators: fc.integer({ min: 1, max: most }), worth: fc.nat(20) })
  return fc.array(step, { maxLength: 4 }).map((steps) => {
    let last = { accelerators: 0, worth: 0 }
    const all = [last]
    for (const { accelerators, worth } of steps) {
      last = { accelerators: last.accelerators + accelerators, worth: last.worth + worth }
      all.push(last)
    }
    return all
  })
}

/** Tries everything. */
function best(gangs: readonly (readonly Choice[])[], left: number): number {
  const [first, ...rest] = gangs
  if (!first) return 0
  return Math.max(
    ...first.map(({ accelerators, worth }) =>
      accelerators > left ? Number.NEGATIVE_INFINITY : worth + best(rest, left - accelerators),
    ),
  )
}

function sumsOf(gangs: readonly (readonly Choice[])[], chosen: readonly number[]): Choice {
  return gangs.reduce(
    (sum, all, g) => {
      const { accelerators = 0, worth = 0 } = all[chosen[g] ?? 0] ?? {}
      return { accelerators: sum.accelerators + accelerators, worth: sum.worth + worth }
    },
    { accelerators: 0, worth: 0 },
  )
}

it('finds what is worth most of all divisions that fit, as one that tries everything does', () => {
  fc.assert(
    fc.property(fc.array(choices(5), { maxLength: 5 }), fc.nat(25), (gangs, capacity) => {
      const { accelerators, worth } = sumsOf(gangs, divide(gangs, capacity))
      expect(accelerators).toBeLessThanOrEqual(capacity)
      expect(worth).toBe(best(gangs, capacity))
    }),
  )
})

it('falls short of that by less than one step is worth where the numbers are large', () => {
  const large = 1_000_000
  fc.assert(
    fc.property(fc.array(choices(5), { maxLength: 5 }), fc.nat(25), (gangs, capacity) => {
      const scaled = gangs.map((all) =>
        all.map(({ accelerators, worth }) => ({ accelerators: accelerators * large, worth })),
      )
      const { accelerators, worth } = sumsOf(scaled, divide(scaled, capacity * large))
      expect(accelerators).toBeLessThanOrEqual(capacity * large)
      const step = Math.max(0, ...gangs.map((all) => Math.max(...all.map((choice) => choice.worth))))
      expect(worth).toBeGreaterThanOrEqual(best(gangs, capacity) - step)
    }),
  )
})

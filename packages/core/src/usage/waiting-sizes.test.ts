import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WaitingSizes } from './waiting-sizes.ts'

describe('the sizes of gangs that wait', () => {
  it('fills what is free with the smallest gangs, whole ones only', () => {
    const waiting = new WaitingSizes()
    for (const size of [60, 60, 8, 8]) waiting.add(size)
    expect(waiting.fitting(100)).toBe(76)
    expect(waiting.fitting(7)).toBe(0)
    expect(waiting.total).toBe(136)
  })

  it('agrees with a plain list after any additions and removals', () => {
    const step = fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 9 }))
    fc.assert(
      fc.property(fc.array(step), fc.nat(60), (steps, free) => {
        const waiting = new WaitingSizes()
        const list: number[] = []
        for (const [adds, size] of steps) {
          if (adds) {
            waiting.add(size)
            list.push(size)
          } else {
            waiting.remove(size)
            if (list.includes(size)) list.splice(list.indexOf(size), 1)
          }
        }
        let taken = 0
        for (const size of list.sort((a, b) => a - b)) if (taken + size <= free) taken += size
        expect(waiting.fitting(free)).toBe(taken)
        expect(waiting.total).toBe(list.reduce((sum, size) => sum + size, 0))
      }),
    )
  })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RememberingMap } from './remembering-map.ts'

test('it answers as a plain map does, whatever was asked before', () => {
  const step = fc.record({
    what: fc.constantFrom('get', 'set', 'delete'),
    id: fc.constantFrom('a', 'b', 'c'),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const map = new RememberingMap<number>()
      const plain = new Map<string, number>()
      steps.forEach(({ what, id }, n) => {
        if (what === 'set') {
          map.set(id, n)
          plain.set(id, n)
        } else if (what === 'delete') {
          map.delete(id)
          plain.delete(id)
        }
        expect(map.get(id)).toBe(plain.get(id))
      })
      expect([...map.entries()]).toEqual([...plain])
      expect([...map.values()]).toEqual([...plain.values()])
    }),
  )
})

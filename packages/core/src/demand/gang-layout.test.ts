import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gangLayout } from './gang-layout.ts'

test('a gang that fits one node is one member', () => {
  expect(gangLayout(6, 8)).toEqual({ members: 1, acceleratorsPerMember: 6 })
})

test('a gang of whole nodes is made of whole nodes', () => {
  expect(gangLayout(64, 8)).toEqual({ members: 8, acceleratorsPerMember: 8 })
})

test('a gang that leaves a rest is made of equal members that fill nodes', () => {
  expect(gangLayout(12, 8)).toEqual({ members: 3, acceleratorsPerMember: 4 })
  expect(gangLayout(37, 4)).toEqual({ members: 37, acceleratorsPerMember: 1 })
})

test('no accelerator is lost, and each member fits a node', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 72 }), (size, node) => {
      const { members, acceleratorsPerMember } = gangLayout(size, node)
      expect(members * acceleratorsPerMember).toBe(size)
      expect(acceleratorsPerMember).toBeLessThanOrEqual(node)
    }),
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { IdTable } from './id-table.ts'

test('ids are numbered as they come, and found by nothing but themselves', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { maxLength: 40 }), fc.array(fc.string()), (ids, others) => {
      const table = new IdTable()
      for (const id of ids) expect(table.add(id)).toBe(ids.indexOf(id))
      for (const id of [...ids, ...others]) expect(table.numberOf(id)).toBe(ids.indexOf(id))
      expect(table.size).toBe(ids.length)
    }),
  )
})

test('a table that has grown many times finds all of its ids, and none besides', () => {
  const table = new IdTable()
  for (let n = 0; n < 20_000; n++) table.add(`gang-${n}`)
  const numbers = Array.from({ length: 20_000 }, (_, n) => table.numberOf(`gang-${n}`))
  expect(numbers).toEqual(numbers.map((_, n) => n))
  expect(['gang-20000', 'gang-', ''].map((id) => table.numberOf(id))).toEqual([-1, -1, -1])
})

test('ids of one hash are told apart', () => {
  const [one, other] = twoOfOneHash()
  const table = new IdTable()
  table.add(one)
  expect(table.numberOf(other)).toBe(-1)
  table.add(other)
  expect([table.numberOf(one), table.numberOf(other)]).toEqual([0, 1])
})

/** Among so many ids some two have one hash of 32 bits; found here by its definition, not by the table. */
function twoOfOneHash(): readonly [string, string] {
  const byHash = new Map<number, string>()
  for (let n = 0; ; n++) {
    const id = `g${(n * 2_654_435_761) % 4_294_967_296}`
    let hash = 0x811c9dc5
    for (const unit of id) hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193)
    const before = byHash.get(hash)
    if (before !== undefined && before !== id) return [before, id]
    byHash.set(hash, id)
  }
}

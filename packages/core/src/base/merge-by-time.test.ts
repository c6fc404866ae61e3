import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeByTime } from './merge-by-time.ts'

interface Item {
  readonly id: string
  readonly at: number
}

const timeOf = ({ at }: Item): number => at

test('streams merge into what a stable sort of all their items gives', () => {
  const times = fc.array(fc.array(fc.nat(20), { maxLength: 8 }), { maxLength: 5 })
  fc.assert(
    fc.property(times, (drawn) => {
      const streams = drawn.map((stream, s) =>
        stream.sort((a, b) => a - b).map((at, n): Item => ({ id: `${s}-${n}`, at })),
      )
      const sorted = streams.flat().sort((a, b) => a.at - b.at)
      expect([...mergeByTime(streams, timeOf)]).toEqual(sorted)
    }),
  )
})

test('streams are read no further than is asked for', () => {
  let drawn = 0
  function* endless(): Generator<Item> {
    for (;;) yield { id: 'x', at: ++drawn }
  }
  const merged = mergeByTime([endless(), []], timeOf)
  merged.next()
  expect(drawn).toBe(1)
})

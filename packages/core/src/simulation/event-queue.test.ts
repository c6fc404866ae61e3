import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instant } from '../base/instant.ts'
import { EventQueue } from './event-queue.ts'

test('an empty queue is due never', () => {
  expect(new EventQueue<string>().nextAt()).toBe(Number.POSITIVE_INFINITY)
})

test('what is due at the same moment comes out in the order in which it was put in', () => {
  const queue = new EventQueue<string>()
  queue.put(instant(2), 'late')
  queue.put(instant(1), 'first')
  queue.put(instant(1), 'second')
  expect([queue.take(), queue.take(), queue.take()]).toEqual(['first', 'second', 'late'])
})

test('thousands of items come out by time', () => {
  const queue = new EventQueue<number>()
  for (let n = 0; n < 3_000; n++) queue.put(instant((n * 7_919) % 3_001), (n * 7_919) % 3_001)
  const taken = Array.from({ length: 3_000 }, () => queue.take())
  expect(taken).toEqual([...taken].sort((a, b) => a - b))
  expect(queue.size).toBe(0)
})

test('whatever is put in and taken out, it behaves as a list that is sorted every time', () => {
  const step = fc.oneof(
    { weight: 3, arbitrary: fc.record({ at: fc.nat(20) }) },
    { weight: 2, arbitrary: fc.constant('take' as const) },
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100, size: 'max' }), (steps) => {
      const queue = new EventQueue<number>()
      const list: { at: number; item: number }[] = []
      for (const [item, next] of steps.entries()) {
        if (next !== 'take') {
          queue.put(instant(next.at), item)
          list.push({ at: next.at, item })
        } else if (list.length > 0) {
          list.sort((a, b) => a.at - b.at || a.item - b.item)
          expect(queue.nextAt()).toBe(list[0]?.at)
          expect(queue.take()).toBe(list.shift()?.item)
        }
        expect(queue.size).toBe(list.length)
      }
    }),
  )
})

import { expect, test } from 'vitest'
import type { Instant } from '../base/instant.ts'
import { GangBook } from './gang-book.ts'
import { type GangState, newGangState } from './gang-state.ts'
import { kindOf, Shapes } from './shape.ts'

function gang(id: string): GangState {
  const kind = kindOf(new Shapes().of([], []), 'anyone')
  const asked = { id, tenant: 'anyone', priority: 0, roles: [], restartMs: 0, reclaimable: false }
  return newGangState(asked, kind, 0, 0 as Instant)
}

test('a gang is found while it is here, and known by its id once it is gone', () => {
  const book = new GangBook()
  const [first, second] = [gang('first'), gang('second')]
  book.add(first)
  book.add(second)
  expect([book.get('first'), book.get('second'), book.get('third')]).toEqual([first, second, undefined])
  book.end('second')
  expect(book.get('second')).toBeUndefined()
  expect([book.isKnown('second'), book.hasEnded('second'), book.has('second')]).toEqual([true, true, false])
  expect([book.isKnown('third'), book.hasEnded('third')]).toEqual([false, false])
  expect([book.size, [...book.values()], book.ended]).toEqual([1, [first], ['second']])
})

test('those that are gone are told in the order in which they went', () => {
  const book = new GangBook()
  for (const id of ['a', 'b', 'c']) book.add(gang(id))
  for (const id of ['b', 'c', 'a']) book.end(id)
  expect(book.ended).toEqual(['b', 'c', 'a'])
})

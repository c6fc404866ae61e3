import { expect, test } from 'vitest'
import { instant } from '../base/instant.ts'
import { aGang } from '../testing/gang.ts'
import { DemandObserver } from './demand-observer.ts'

test('shares that are asked for count as the whole accelerators that they need together', () => {
  const observer = new DemandObserver()
  const ask = (at: number, id: string, milli: number): void =>
    observer.observe({ kind: 'submitted', at: instant(at), gang: aGang(id, { milli }) })
  ask(1, 'a', 300)
  ask(2, 'b', 300)
  ask(3, 'c', 500)
  observer.observe({ kind: 'finished', at: instant(4), gangId: 'a' })
  observer.observe({ kind: 'cancelled', at: instant(5), gangId: 'c' })
  observer.observe({ kind: 'finished', at: instant(6), gangId: 'b' })
  expect(observer.asked()).toEqual({ times: [1, 3, 4, 6], values: [1, 2, 1, 0] })
})

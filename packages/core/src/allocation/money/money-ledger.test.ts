import { expect, test } from 'vitest'
import { HOUR_MS, instant, MINUTE_MS } from '../../base/instant.ts'
import { aPool, domains, refusal, type Scene } from '../../testing/scene.ts'
import { aGrant, aTake, someTerms } from '../../testing/terms.ts'
import type { Terms } from './terms.ts'

function aMeteredPool(terms: Partial<Terms>): Scene {
  const scene = aPool([domains(4)])
  scene.tell({ kind: 'setTerms', terms: someTerms(terms) })
  return scene
}

/** In accelerator-hours, up to now. */
function used(scene: Scene, grantId: string): number {
  scene.allocator.state.money?.countUntil(scene.now)
  return Number(scene.allocator.state.money?.usedOf(grantId) ?? 0n) / HOUR_MS
}

/** In units of the currency, up to now. */
function drawn(scene: Scene, takeId: string): number {
  scene.allocator.state.money?.countUntil(scene.now)
  return Number(scene.allocator.state.money?.takes.get(takeId)?.drawn ?? 0n) / HOUR_MS / 1_000_000
}

test('use is counted towards what is paid anyway first, then the cheaper, then the dearer, then on demand', () => {
  const scene = aMeteredPool({
    grants: [
      aGrant('on demand', { order: 'onDemand', price: 1 }),
      aGrant('dear', { price: 3 }),
      aGrant('cheap', { price: 2 }),
      aGrant('paid', { price: 9, paidAnyway: 4 }),
    ],
  })
  scene.submit('j', { members: 31 })
  scene.pass(60)
  expect(['paid', 'cheap', 'dear', 'on demand'].map((id) => used(scene, id))).toEqual([8, 8, 8, 7])
  scene.cancel('j')
  scene.submit('k', { members: 9 })
  scene.pass(60)
  expect(['paid', 'cheap', 'dear', 'on demand'].map((id) => used(scene, id))).toEqual([12, 13, 8, 7])
})

test('listed machines serve before all others and cost nothing', () => {
  const scene = aMeteredPool({
    grants: [
      aGrant('bought', { paidAnyway: 8 }),
      aGrant('listed', { order: 'listed', price: 0, paidAnyway: 8 }),
    ],
  })
  scene.submit('j', { members: 9 })
  scene.pass(60)
  expect([used(scene, 'listed'), used(scene, 'bought')]).toEqual([8, 1])
})

test('a take is drawn at the price of the moment, and anew in each interval', () => {
  const scene = aMeteredPool({
    grants: [
      aGrant('g', {
        takeId: 't',
        prices: [
          { from: instant(0), microsPerHour: 2_000_000 },
          { from: instant(30 * MINUTE_MS), microsPerHour: 4_000_000 },
        ],
      }),
    ],
    takes: [aTake('t', { minutes: 90, owed: 100 })],
  })
  scene.submit('j', { members: 2 })
  scene.pass(60)
  expect(drawn(scene, 't')).toBe(2 * (0.5 * 2 + 0.5 * 4))
  scene.pass(60)
  expect(drawn(scene, 't')).toBe(2 * 0.5 * 4)
})

test('what is used beyond the commitment of one interval counts towards the next where that was agreed', () => {
  const carried = (carries: boolean): bigint | undefined => {
    const scene = aMeteredPool({
      grants: [aGrant('g', { takeId: 't' })],
      takes: [aTake('t', { minutes: 60, owed: 5, committed: 10, carries })],
    })
    scene.submit('j', { members: 8 })
    scene.pass(90)
    scene.allocator.state.money?.countUntil(scene.now)
    return scene.allocator.state.money?.takes.get('t')?.carriedIn
  }
  expect(carried(false)).toBe(0n)
  expect(carried(true)).toBe(BigInt(6_000_000 * HOUR_MS))
})

test('new terms go on counting what they name too, and forget the rest', () => {
  const scene = aMeteredPool({ grants: [aGrant('kept'), aGrant('dropped', { price: 1 })] })
  scene.submit('j', { members: 10 })
  scene.pass(60)
  scene.tell({ kind: 'setTerms', terms: someTerms({ grants: [aGrant('kept')] }) })
  scene.pass(60)
  expect([used(scene, 'kept'), used(scene, 'dropped')]).toEqual([10, 0])
})

test.each<[string, Partial<Terms>]>([
  ['a grant of an unknown take', { grants: [aGrant('g', { takeId: 'none' })] }],
  ['two grants of one name', { grants: [aGrant('g'), aGrant('g')] }],
  [
    'two takes of one name',
    { takes: [aTake('t', { minutes: 1, owed: 1 }), aTake('t', { minutes: 1, owed: 1 })] },
  ],
  ['a grant that ends before it starts', { grants: [aGrant('g', { until: instant(-1) })] }],
  ['a grant without a price', { grants: [aGrant('g', { prices: [] })] }],
  ['a price below nothing', { grants: [aGrant('g', { price: -1 })] }],
  [
    'a price that begins after its grant',
    { grants: [aGrant('g', { start: instant(0), prices: [{ from: instant(1), microsPerHour: 1 }] })] },
  ],
  ['listed machines with a price', { grants: [aGrant('g', { order: 'listed', price: 1 })] }],
  ['more paid for than there is', { grants: [aGrant('g', { paidAnyway: 9 })] }],
  ['prices beyond exact arithmetic', { grants: [aGrant('g', { accelerators: 2 ** 40, price: 2 ** 20 })] }],
  ['a currency that is none', { currency: 'dollars' }],
])('%s is refused, and the terms before stay', (_, bad) => {
  const scene = aMeteredPool({ grants: [aGrant('g')] })
  expect(refusal(scene.tell({ kind: 'setTerms', terms: someTerms(bad) }))).toBe('malformed')
  expect(scene.allocator.state.money?.terms.grants).toHaveLength(1)
})

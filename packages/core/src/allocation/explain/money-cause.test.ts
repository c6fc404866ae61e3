import { expect, test } from 'vitest'
import { MINUTE_MS } from '../../base/instant.ts'
import { aGang } from '../../testing/gang.ts'
import { aPool, aTenant, domains, type Scene } from '../../testing/scene.ts'
import { aBudget, aGrant, someTerms } from '../../testing/terms.ts'
import type { Budget } from '../money/terms.ts'
import { EtaForecaster } from './eta-forecaster.ts'
import { explainGang, type Waiting } from './explain.ts'

function aLab(budgets: readonly Budget[]): Scene {
  const scene = aPool([domains(4)], { tenants: [aTenant('agents', {})] })
  const grants = [aGrant('od', { order: 'onDemand', price: 2, accelerators: 32 })]
  scene.tell({ kind: 'setTerms', terms: someTerms({ grants, budgets }) })
  return scene
}

function explained(scene: Scene, gangId: string): Waiting {
  const explanation = explainGang(scene.allocator, new EtaForecaster(scene.allocator, 1), gangId, scene.now)
  if (explanation.kind !== 'waiting') throw new Error(`${gangId} waits`)
  return explanation
}

test('a budget that keeps a gang waiting is named with its figures, and the budget that would start it', () => {
  const scene = aLab([aBudget('agents', { minutes: 600, units: 20, tenant: 'agents' })])
  for (const id of ['a', 'b']) scene.submit(id, { tenant: 'agents', members: 8, limitMinutes: 60 })
  scene.pass(30)
  const { pools, offers } = explained(scene, 'b')
  expect(pools).toEqual([
    {
      poolId: 'main',
      cause: {
        kind: 'budget',
        budgetId: 'agents',
        limits: 'limit',
        currency: 'USD',
        start: 0,
        until: 600 * MINUTE_MS,
        micros: '20000000',
        spentMicros: '8000000',
        expectedMicros: '8000000',
        neededMicros: '16000000',
      },
    },
  ])
  const more = offers.find(({ change }) => change.kind === 'budget')
  expect(more?.change).toMatchObject({ budgetId: 'agents', micros: '32000000' })
  if (more && 'terms' in more) scene.tell({ kind: 'setTerms', terms: more.terms })
  expect(scene.running()).toEqual(['a', 'b'])
})

test('a price that a gang does not pay is named, and the one that would start it', () => {
  const scene = aLab([])
  const gang = aGang('a', { tenant: 'agents', members: 8, limitMinutes: 60 })
  scene.submitGang({ ...gang, spending: { maxMicrosPerHour: 1_500_000, mayWaitMs: 90 * MINUTE_MS } })
  const { pools, offers } = explained(scene, 'a')
  expect(pools[0]?.cause).toEqual({
    kind: 'price',
    currency: 'USD',
    micros: '2000000',
    maxMicros: '1500000',
    until: 90 * MINUTE_MS,
  })
  expect(offers.map(({ change }) => change)).toContainEqual({
    kind: 'price',
    currency: 'USD',
    micros: '2000000',
  })
})

test('a brake says how much of its time has passed for what was spent', () => {
  const scene = aLab([aBudget('agents', { minutes: 240, units: 64, kind: 'brake', tenant: 'agents' })])
  scene.submit('first', { tenant: 'agents', members: 20, limitMinutes: 120 })
  scene.pass(30)
  scene.submit('second', { tenant: 'agents', members: 4, limitMinutes: 60 })
  const { pools } = explained(scene, 'second')
  expect(pools[0]?.cause).toMatchObject({ kind: 'budget', limits: 'brake', spentMicros: '20000000' })
})

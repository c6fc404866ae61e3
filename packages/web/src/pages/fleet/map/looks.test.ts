import type { FleetMapView, MappedPool } from '@offtake/contract/api/fleet-map-routes'
import { expect, test } from 'vitest'
import { fleetView } from '../../../testing/fleet-view.ts'
import { entriesOf } from '../legend-entries.ts'
import { FleetModel } from './fleet-model.ts'
import { type ColourMode, lookOfCode, STEPS } from './looks.ts'

const POOL = 'alder/west/gb300-nvl72'
const [CHAT, BATCH] = [0, 1]

/** What an answer to `since` tells of one domain. */
function since(domain: number, told: Partial<Record<keyof MappedPool, number>>): FleetMapView {
  const view = fleetView([{ id: POOL, domains: 1 }])
  const [pool] = view.pools
  if (!pool) throw new Error('there is one')
  const columns = Object.fromEntries(Object.entries(told).map(([name, value]) => [name, [value]]))
  return {
    ...view,
    mark: 'a.2',
    whole: false,
    pools: [{ ...pool, domain: [domain], domains: 5, ...columns }],
  }
}

function modelIn(mode: ColourMode): FleetModel {
  const model = new FleetModel(mode)
  model.take(fleetView([{ id: POOL, domains: 5 }]))
  return model
}

const lookAt = (model: FleetModel, at: number) => lookOfCode(model.looks.codes[at] ?? 0)

test('a domain shows who holds most of it, and how full it is', () => {
  const model = modelIn('tenant')
  expect(lookAt(model, 2)).toEqual({ kind: 'free', step: STEPS, alarm: 'none' })
  model.take(since(2, { held: 36, free: 36, tenant: BATCH }))
  expect(lookAt(model, 2)).toEqual({ kind: 'tenant0', step: STEPS / 2, alarm: 'none' })
  model.take(since(2, { held: 72, free: 0, tenant: BATCH }))
  expect(lookAt(model, 2)).toMatchObject({ kind: 'tenant0', step: STEPS })
})

test('a tenant keeps its colour when another comes that holds more', () => {
  const model = modelIn('tenant')
  model.take(since(1, { held: 4, tenant: BATCH }))
  const before = lookAt(model, 1).kind
  for (const at of [2, 3, 4]) model.take(since(at, { held: 72, tenant: CHAT }))
  expect(lookAt(model, 1).kind).toBe(before)
  expect(lookAt(model, 2).kind).not.toBe(before)
  expect(entriesOf(model, 'tenant').map(({ label, domains }) => [label, domains])).toEqual([
    ['batch', 1],
    ['chat', 3],
    ['Nobody', 1],
    ['Out of service', 0],
  ])
})

test('what is lent stands out, and what is asked back more so', () => {
  const model = modelIn('lending')
  model.take(since(0, { held: 72, free: 0, tenant: CHAT }))
  model.take(since(1, { held: 72, free: 0, borrowed: 18, tenant: CHAT }))
  model.take(since(2, { held: 72, free: 0, borrowed: 72, askedBack: 72, tenant: CHAT }))
  expect([0, 1, 2, 3].map((at) => lookAt(model, at).kind)).toEqual(['own', 'borrowed', 'askedBack', 'free'])
  expect(lookAt(model, 1).step).toBe(STEPS / 4)
})

test('the worst of the nodes says how a domain does', () => {
  const model = modelIn('health')
  model.take(since(1, { up: 17, draining: 1 }))
  model.take(since(2, { up: 15, draining: 1, out: 2 }))
  model.take(since(3, { up: 0, out: 17, failed: 1 }))
  expect([0, 1, 2, 3].map((at) => lookAt(model, at).kind)).toEqual(['works', 'draining', 'out', 'failed'])
})

test('a domain that is partly free is a fragment; of one out of service nothing is free', () => {
  const model = modelIn('fragments')
  model.take(since(1, { held: 72, free: 0, tenant: CHAT }))
  model.take(since(2, { held: 54, free: 18, tenant: CHAT }))
  model.take(since(3, { free: 0, up: 0, out: 18 }))
  // What drains and is empty takes nobody any more.
  model.take(since(4, { free: 0, up: 0, draining: 18 }))
  expect([0, 1, 2, 3, 4].map((at) => lookAt(model, at).kind)).toEqual([
    'whole',
    'full',
    'partly',
    'out',
    'out',
  ])
})

test('a map is told of the domains that look different, and of no others', () => {
  const model = modelIn('tenant')
  const told: unknown[] = []
  model.onPaint((changed) => told.push(changed))
  model.take(since(4, { held: 72, free: 0, tenant: CHAT }))
  model.take(since(4, { held: 72, free: 0, borrowed: 10, tenant: CHAT }))
  expect(told).toEqual([
    { kind: 'some', domains: [4] },
    { kind: 'some', domains: [] },
  ])
})

test('what was taken away is shown no more', () => {
  const model = modelIn('tenant')
  model.take(since(0, { total: 0, free: 0, up: 0 }))
  expect(lookAt(model, 0).kind).toBe('gone')
})

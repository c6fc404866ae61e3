import { expect, test } from 'vitest'
import { fleetView } from '../../testing/fleet-view.ts'
import { findable } from './findable.ts'
import { fleetSearch } from './fleet-search.ts'
import { FleetModel } from './map/fleet-model.ts'

const [WEST, EAST] = ['alder/west/gb300-nvl72', 'birch/east/gb300-nvl72']

function model(): FleetModel {
  const made = new FleetModel('tenant')
  made.take(
    fleetView([
      { id: WEST, domains: 120 },
      { id: EAST, domains: 40 },
    ]),
  )
  return made
}

const found = (text: string, inPool?: string) =>
  findable(model(), text, [], inPool)
    .filter(({ group }) => group !== 'Jobs')
    .flatMap(({ items }) => items.map(({ value }) => value))

test('tenants and pools are found by a part of their names', () => {
  expect(found('')).toEqual(['batch', 'chat', WEST, EAST])
  expect(found('CHA')).toEqual(['chat'])
  expect(found('birch')).toEqual([EAST])
})

test('a domain is found by its number, in the pools that have one, the one that is looked at first', () => {
  expect(found('97')).toEqual([`Domain 97 of ${WEST}`])
  expect(found('domain 12', EAST)).toEqual([`Domain 12 of ${EAST}`, `Domain 12 of ${WEST}`])
  expect(found('birch 12')).toEqual([`Domain 12 of ${EAST}`])
  expect(found(`${EAST} 39`)).toEqual([`Domain 39 of ${EAST}`])
  expect(found('birch 40')).toEqual([])
})

test('whatever is typed may be the id of a job', () => {
  const [jobs] = findable(model(), 'train-1', ['train-12'], undefined).slice(-1)
  expect(jobs?.items.map(({ leadsTo }) => leadsTo)).toEqual([
    { job: 'train-12', tenant: undefined },
    { job: 'train-1', tenant: undefined },
  ])
})

test('an address that makes no sense shows the fleet without it', () => {
  expect(fleetSearch({ colour: 'pink', pool: '', domain: -1, tenant: 3 })).toEqual({ tenant: '3' })
  expect(fleetSearch({ domain: 4 })).toEqual({})
  expect(fleetSearch({ colour: 'health', pool: WEST, domain: '4', node: 75.5 })).toEqual({
    colour: 'health',
    pool: WEST,
    domain: 4,
  })
})

import { expect, test } from 'vitest'
import { at } from '../testing/dates.ts'
import { type FleetPool, shapeOfPool } from './fleet.ts'
import { poolOf } from './pool.ts'
import { fleetProblems } from './validate.ts'

const POOL = poolOf({ provider: 'north', region: 'west', hardware: 'gb200', fabric: 'default' })
const USUAL = { acceleratorsPerNode: 4, nodesPerDomain: 18 }

test('a shape of the pool goes before one of its hardware, and both before what is usual', () => {
  expect(shapeOfPool(POOL, USUAL, [])).toEqual({ ...USUAL, domainsPerBlock: 8 })
  const ofHardware = { hardware: 'gb200', nodesPerDomain: 9, domainsPerBlock: 4 }
  expect(shapeOfPool(POOL, USUAL, [ofHardware])).toEqual({
    acceleratorsPerNode: 4,
    nodesPerDomain: 9,
    domainsPerBlock: 4,
  })
  const ofPool = { pool: POOL.id, nodesPerDomain: 1 }
  expect(shapeOfPool(POOL, USUAL, [ofHardware, ofPool])).toEqual({
    acceleratorsPerNode: 4,
    nodesPerDomain: 1,
    domainsPerBlock: 4,
  })
  // Where nodes stand alone, more of them share a spine.
  expect(shapeOfPool(POOL, USUAL, [ofPool]).domainsPerBlock).toBe(32)
})

const SELDOM = { perAcceleratorYear: 0.1, repairMs: 1 }

test('shapes, failures and pools of a fleet name what is known, once, and end after they begin', () => {
  const listed = (parts: Partial<FleetPool>): FleetPool => ({ pool: POOL, groups: [], cpuCores: 0, ...parts })
  const problems = fleetProblems(
    {
      shapes: [{ hardware: 'gb200' }, { hardware: 'gb200' }, { hardware: 'gb2000' }, { pool: 'nowhere' }],
      failures: ['gb200', 'gb200', 'gb2000'].map((hardware) => ({ hardware, ...SELDOM })),
      pools: [
        listed({}),
        listed({ from: at('2026-01-02'), until: at('2026-01-02') }),
        listed({ pool: { ...POOL, hardware: 'gb2000' } }),
      ],
    },
    { hardware: new Set(['gb200']), pools: new Set([POOL.id]), nodes: undefined, agreed: undefined },
  )
  expect(problems.map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual([
    'shapeTwice shapes.1',
    'unknownHardware shapes.2.hardware',
    'unknownPool shapes.3.pool',
    'failuresTwice failures.1',
    'unknownHardware failures.2.hardware',
    'reversedDates pools.1.until',
    'unknownHardware pools.2.hardware',
  ])
})

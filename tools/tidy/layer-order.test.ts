import { expect, test } from 'vitest'
import { layerOrder } from './layer-order.ts'
import { placesFound } from './testing/plant.ts'

const core = (path: string) => `packages/core/src/${path}`

test('a folder imports from those on its left and from itself', () => {
  const found = placesFound(layerOrder, {
    [core('base/money.ts')]: 'export const money = 1',
    [core('cost/rate.ts')]: 'export const rate = 1',
    [core('cost/charges.ts')]:
      `import { money } from '../base/money.ts'\nimport { rate } from './rate.ts'\nexport const c = money + rate`,
  })
  expect(found).toEqual([])
})

test('a folder must not import from one on its right, types included', () => {
  const found = placesFound(layerOrder, {
    [core('cost/charges.ts')]: 'export type Charge = 1',
    [core('agreements/resolve.ts')]:
      `import type { Charge } from '../cost/charges.ts'\nexport type A = Charge`,
  })
  expect(found).toEqual([`${core('agreements/resolve.ts')}:1`])
})

test('nothing of the flow imports the simulation, which may import all of it', () => {
  const found = placesFound(layerOrder, {
    [core('market/clearing.ts')]:
      `import { simulate } from '../simulation/simulator.ts'\nexport const clear = simulate`,
    [core('simulation/simulator.ts')]: `import { bid } from '../market/bid.ts'\nexport const simulate = bid`,
    [core('market/bid.ts')]: 'export const bid = 1',
  })
  expect(found).toEqual([`${core('market/clearing.ts')}:1`])
})

test('a file in no folder of the flow has no place', () => {
  const found = placesFound(layerOrder, {
    [core('money.ts')]: 'export const money = 1',
    [core('extras/money.ts')]: 'export const money = 1',
  })
  expect(found).toEqual([`${core('extras/money.ts')}:1`, `${core('money.ts')}:1`])
})

test('only tests import what stands in testing, which may import all', () => {
  const found = placesFound(layerOrder, {
    [core('testing/arbitraries.ts')]:
      `import { simulate } from '../simulation/simulator.ts'\nexport const any = simulate`,
    [core('simulation/simulator.ts')]: 'export const simulate = 1',
    [core('base/span.test.ts')]: `import { any } from '../testing/arbitraries.ts'\nconsole.log(any)`,
    [core('base/span.ts')]: `import { any } from '../testing/arbitraries.ts'\nexport const span = any`,
  })
  expect(found).toEqual([`${core('base/span.ts')}:1`])
})

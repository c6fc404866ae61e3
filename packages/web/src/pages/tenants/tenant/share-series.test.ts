import type { TenantView } from '@offtake/contract/api/tenant-routes'
import { expect, test } from 'vitest'
import { shareSeries } from './share-series.ts'

const HOUR_MS = 3_600_000

function tenant(id: string, parent: string | null, weight: number | null): TenantView {
  return { id, name: id, parent, borrowLimit: null, weight, quotas: [], holdings: [] }
}

const row = (hour: number, of: string, hours: number) => ({
  start: new Date(hour * HOUR_MS).toISOString(),
  tenant: of,
  pool: 'a',
  hours,
})

function drawn(weights: readonly [number | null, number | null]) {
  const tenants = [tenant('a', null, weights[0]), tenant('b', null, weights[1]), tenant('a1', 'a', null)]
  const rows = [row(0, 'a', 4), row(0, 'a1', 2), row(0, 'b', 6), row(2, 'b', 8)]
  return shareSeries({ id: 'a', tenants, rows, bucketMs: HOUR_MS, from: 0, until: 2.5 * HOUR_MS })
}

test('a tenant is counted with those below it, and hours without rows as none', () => {
  expect(drawn([null, null])).toMatchObject([
    {
      points: [
        [0, 6],
        [HOUR_MS, 0],
        [2 * HOUR_MS, 0],
        [2.5 * HOUR_MS, 0],
      ],
    },
  ])
})

test('where weights are stated, its part of what all siblings held is beside it', () => {
  const [, part] = drawn([3, null])
  // Of 12 in the first hour three quarters; of 8 held for half an hour, 16 at a time, as much.
  expect(part?.points).toEqual([
    [0, 9],
    [HOUR_MS, 0],
    [2 * HOUR_MS, 12],
    [2.5 * HOUR_MS, 12],
  ])
})

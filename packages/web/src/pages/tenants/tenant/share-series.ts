import type { TenantView } from '@offtake/contract/api/tenant-routes'
import type { UsageRow } from '@offtake/contract/api/usage-routes'
import type { TimeSeries } from '../../../parts/chart/time-chart.tsx'
import { siblingsOf, withBelow } from '../tenant-tree.ts'

const HOUR_MS = 3_600_000

interface Asked {
  readonly id: string
  readonly tenants: readonly TenantView[]
  readonly rows: readonly UsageRow[]
  readonly bucketMs: number
  readonly from: number
  readonly until: number
}

/**
 * What a tenant held on average in each stretch of time, and where it states a weight, what would have been its part by that of
 * what it and its siblings held together.
 */
export function shareSeries({ id, tenants, rows, bucketMs, from, until }: Asked): TimeSeries[] {
  const own = withBelow(tenants, id)
  const siblings = siblingsOf(tenants, id)
  const among = new Set(siblings.flatMap((sibling) => [...withBelow(tenants, sibling.id)]))
  const held = new Map<number, { own: number; all: number }>()
  // A stretch without a row is one in which nobody held anything.
  for (let at = Math.floor(from / bucketMs) * bucketMs; at < until; at += bucketMs)
    held.set(at, { own: 0, all: 0 })
  for (const { start, tenant, hours } of rows) {
    const stretch = held.get(Date.parse(start))
    if (!stretch || !among.has(tenant)) continue
    const length = Math.min(bucketMs, until - Date.parse(start))
    const mean = (hours * HOUR_MS) / Math.max(1, length)
    stretch.all += mean
    if (own.has(tenant)) stretch.own += mean
  }
  const line = (of: (stretch: { own: number; all: number }) => number) => stepsOf(held, of, until)
  const series: TimeSeries[] = [
    { name: 'held on average', points: line((one) => one.own), isStep: true, isFilled: true },
  ]
  const part = partByWeight(siblings, id)
  if (part !== undefined)
    series.push({
      name: 'its part by weight of what it and its siblings held',
      points: line((one) => one.all * part),
      isStep: true,
      isDashed: true,
      color: 3,
    })
  return series
}

function stepsOf<Held>(
  held: ReadonlyMap<number, Held>,
  of: (one: Held) => number,
  until: number,
): [number, number][] {
  const points = [...held].map(([at, one]): [number, number] => [at, of(one)])
  const last = points.at(-1)
  return last ? [...points, [until, last[1]]] : points
}

/** Nothing where no weight is stated; one that states none beside others that do counts as 1. */
function partByWeight(siblings: readonly TenantView[], id: string): number | undefined {
  if (siblings.length < 2 || siblings.every(({ weight }) => weight === null)) return undefined
  const all = siblings.reduce((sum, { weight }) => sum + (weight ?? 1), 0)
  return (siblings.find((one) => one.id === id)?.weight ?? 1) / all
}

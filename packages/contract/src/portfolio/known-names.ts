import type { Agreement, Line } from '@offtake/core/agreements/agreement'
import { usableAgreements } from '@offtake/core/agreements/standing'
import type { Hardware } from '@offtake/core/base/hardware'
import { type PoolShape, shapeOfPool } from '@offtake/core/capacity/fleet'
import { type Pool, poolOf } from '@offtake/core/capacity/pool'
import { type Contents, rawEntries, rawId } from './contents.ts'

/** Everything in a portfolio that something else of it may name. */
export interface KnownNames {
  readonly agreements: ReadonlySet<string> | undefined
  readonly hardware: ReadonlySet<string>
  readonly tenants: ReadonlySet<string> | undefined
  readonly pools: ReadonlySet<string> | undefined
  readonly series: ReadonlySet<string>
  /** The largest node of each hardware that some pool has at some time. */
  readonly largestNodes: ReadonlyMap<string, number> | undefined
}

/** What is not known in full, because files are broken, is absent rather than too small. */
export function knownNames(contents: Contents, hardware: readonly Hardware[]): KnownNames {
  const { settings, agreements, quotes, fleet, points, broken, unparsed } = contents
  const hasAllIds = !unparsed.has('agreements') && !unparsed.has('quotes')
  const isComplete = !broken.has('agreements') && !broken.has('fleet')
  const tenants = settings && rawEntries(settings.text, ['tenants']).flatMap((tenant) => rawId(tenant) ?? [])
  return {
    agreements: hasAllIds
      ? new Set([...agreements, ...quotes].flatMap(({ text }) => rawId(text.value) ?? []))
      : undefined,
    hardware: new Set([
      ...hardware.map(({ id }) => id),
      ...fleet.flatMap(({ text }) => rawEntries(text, ['hardware']).flatMap((row) => rawId(row) ?? [])),
    ]),
    tenants: tenants && new Set(tenants),
    pools: isComplete ? poolIds(contents) : undefined,
    series: new Set(points.map(({ point }) => point.series)),
    largestNodes: isComplete ? largestNodes(contents, hardware) : undefined,
  }
}

function poolIds({ agreements, fleet }: Contents): Set<string> {
  return new Set([
    ...agreements.flatMap(({ value }) =>
      value ? value.lines.map((line) => poolOfLine(value, line).id) : [],
    ),
    ...fleet.flatMap(({ value }) => value?.pools.map(({ pool }) => pool.id) ?? []),
  ])
}

function largestNodes({ agreements, fleet }: Contents, hardware: readonly Hardware[]): Map<string, number> {
  const largest = new Map<string, number>()
  const add = (id: string, accelerators: number): void => {
    largest.set(id, Math.max(largest.get(id) ?? 0, accelerators))
  }
  const shapes = fleet.flatMap(({ value }) => value?.shapes ?? [])
  const rows = new Map(
    [...hardware, ...fleet.flatMap(({ value }) => value?.hardware ?? [])].map((row) => [row.id, row]),
  )
  for (const agreement of usableAgreements(agreements.flatMap(({ value }) => value ?? [])))
    for (const line of agreement.lines)
      if (line.tranches.length > 0) {
        const pool = poolOfLine(agreement, line)
        add(line.hardware, acceleratorsPerNode(pool, rows, shapes))
      }
  for (const { pool, groups } of fleet.flatMap(({ value }) => value?.pools ?? []))
    for (const group of groups) add(pool.hardware, group.acceleratorsPerNode)
  return largest
}

/** Unknown hardware is a problem of its own; here it may hold anything. */
function acceleratorsPerNode(
  pool: Pool,
  rows: ReadonlyMap<string, Hardware>,
  shapes: readonly PoolShape[],
): number {
  const row = rows.get(pool.hardware)
  return row ? shapeOfPool(pool, row.shape, shapes).acceleratorsPerNode : Number.POSITIVE_INFINITY
}

function poolOfLine({ provider }: Agreement, { region, hardware, fabric }: Line): Pool {
  return poolOf({ provider, region, hardware, fabric })
}

import type { Agreement, Line } from '@offtake/core/agreements/agreement'
import { usableAgreements } from '@offtake/core/agreements/standing'
import { getOrAdd } from '@offtake/core/base/get-or-add'
import type { Hardware } from '@offtake/core/base/hardware'
import { shapeOfPool } from '@offtake/core/capacity/fleet'
import { type Pool, poolOf } from '@offtake/core/capacity/pool'
import type { NodeShape } from '@offtake/core/demand/validate'
import { type Contents, rawEntries, rawId } from './contents.ts'

/** Everything in a portfolio that something else of it may name; what is not known in full is absent, not too small. */
export interface KnownNames {
  readonly agreements: ReadonlySet<string> | undefined
  readonly hardware: ReadonlySet<string>
  readonly tenants: ReadonlySet<string> | undefined
  readonly pools: ReadonlySet<string> | undefined
  /** Those that agreements bring. */
  readonly agreed: ReadonlySet<string> | undefined
  readonly series: ReadonlySet<string>
  readonly windows: ReadonlySet<string> | undefined
  /** How the nodes of each hardware that some pool has at some time are built. */
  readonly nodes: ReadonlyMap<string, readonly NodeShape[]> | undefined
  /** Hardware of which some pool has CPU cores at some time. */
  readonly cores: ReadonlySet<string> | undefined
}

export function knownNames(contents: Contents, builtIn: readonly Hardware[]): KnownNames {
  const { settings, agreements, quotes, workloads, fleet, points, unparsed } = contents
  const hasAllIds = !unparsed.has('agreements') && !unparsed.has('quotes')
  const ids = [...agreements, ...quotes].flatMap(({ text }) => rawId(text.value) ?? [])
  const tenants = settings && rawEntries(settings.text, ['tenants']).flatMap((tenant) => rawId(tenant) ?? [])
  const hardware = new Set([
    ...builtIn.map(({ id }) => id),
    ...fleet.flatMap(({ text }) => rawEntries(text, ['hardware']).flatMap((row) => rawId(row) ?? [])),
  ])
  return {
    agreements: hasAllIds ? new Set(ids) : undefined,
    hardware,
    tenants: tenants && new Set(tenants),
    windows: unparsed.has('workloads')
      ? undefined
      : new Set(
          workloads.flatMap(({ text }) => rawEntries(text, ['windows']).flatMap((row) => rawId(row) ?? [])),
        ),
    series: new Set(points.map(({ point }) => point.series)),
    ...poolNames(contents, builtIn, hardware),
  }
}

function poolNames(
  contents: Contents,
  builtIn: readonly Hardware[],
  hardware: ReadonlySet<string>,
): Pick<KnownNames, 'pools' | 'agreed' | 'nodes' | 'cores'> {
  const agreements = contents.agreements.flatMap(({ value }) => value ?? [])
  const lines = agreements.flatMap((agreement) => agreement.lines.map((line) => poolOfLine(agreement, line)))
  const listed = contents.fleet.flatMap(({ value }) => value?.pools ?? [])
  const pools = [...lines, ...listed.map(({ pool }) => pool)]
  const isBroken = contents.broken.has('agreements') || contents.broken.has('fleet')
  // A misspelt name is a problem of its own; it shall not make problems of all that name it rightly.
  if (isBroken || pools.some((pool) => !hardware.has(pool.hardware)))
    return { pools: undefined, agreed: undefined, nodes: undefined, cores: undefined }
  return {
    pools: new Set(pools.map(({ id }) => id)),
    agreed: new Set(lines.map(({ id }) => id)),
    nodes: nodesOf(contents, agreements, builtIn),
    cores: coresOf(contents, agreements),
  }
}

function nodesOf(
  { fleet }: Contents,
  agreements: readonly Agreement[],
  builtIn: readonly Hardware[],
): Map<string, NodeShape[]> {
  const nodes = new Map<string, NodeShape[]>()
  const files = fleet.flatMap(({ value }) => value ?? [])
  const shapes = files.flatMap((file) => file.shapes)
  const rows = new Map([...builtIn, ...files.flatMap((file) => file.hardware)].map((row) => [row.id, row]))
  for (const agreement of usableAgreements(agreements))
    for (const line of agreement.lines.filter(({ tranches }) => tranches.length > 0)) {
      const usual = rows.get(line.hardware)?.shape
      if (usual)
        getOrAdd(nodes, line.hardware, () => []).push(shapeOfPool(poolOfLine(agreement, line), usual, shapes))
    }
  for (const { pool, groups } of files.flatMap((file) => file.pools))
    getOrAdd(nodes, pool.hardware, () => []).push(...groups)
  return nodes
}

function coresOf({ fleet }: Contents, agreements: readonly Agreement[]): Set<string> {
  const lines = usableAgreements(agreements).flatMap((agreement) => agreement.lines)
  const granted = lines.filter(({ cpuCores }) => (cpuCores?.value ?? 0) > 0).map(({ hardware }) => hardware)
  const listed = fleet
    .flatMap(({ value }) => value?.pools ?? [])
    .filter(
      ({ cpuCores, groups }) => cpuCores > 0 || groups.some((group) => group.cpuCoresPerNode !== undefined),
    )
  return new Set([...granted, ...listed.map(({ pool }) => pool.hardware)])
}

function poolOfLine({ provider }: Agreement, { region, hardware, fabric }: Line): Pool {
  return poolOf({ provider, region, hardware, fabric })
}

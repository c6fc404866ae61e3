import type { AllocationState } from '@offtake/core/allocation/allocation-state'
import type { Command } from '@offtake/core/allocation/commands'
import type { Instant } from '@offtake/core/base/instant'
import type { NodeGroup } from '@offtake/core/capacity/topology'
import type { Portfolio } from '@offtake/core/simulation/portfolio'
import type { Delivery } from '@offtake/core/simulation/supply'
import type { Kysely, Transaction } from 'kysely'
import { digestOf } from '../digest.ts'
import type { Tables } from '../store/tables.ts'
import { CORES, compareStock, groupOf, type Lot, nodesPerCount, type StockedLot, shapeOf } from './stock.ts'
import { deliveriesOf, noTerms, tenantsOf, termsOf, thereAt } from './wanted.ts'

/** What the allocator must be told, and what the tables then say that it was told. */
export interface SupplyPlan {
  readonly commands: readonly Command[]
  readonly told: readonly { readonly what: string; readonly digest: string }[]
  /** Nothing where it stays as it is. */
  readonly stock: readonly StockedLot[] | undefined
}

/**
 * What makes the allocator have the machines, tenants and terms that the portfolio says for this moment, and no others. What it
 * was told before is in the tables, so nothing is given or taken twice.
 */
export async function planSupply(
  db: Kysely<Tables>,
  portfolio: Portfolio,
  at: Instant,
  state: AllocationState,
): Promise<SupplyPlan> {
  const settings = await planSettings(db, portfolio)
  const { stock, commands } = planMachines(await readStock(db), portfolio, at, state)
  return {
    commands: [...settings.map(({ command }) => command), ...commands],
    told: settings.map(({ what, digest }) => ({ what, digest })),
    stock,
  }
}

export async function writeSupply(
  transaction: Transaction<Tables>,
  { told, stock }: SupplyPlan,
): Promise<void> {
  for (const { what, digest } of told)
    await transaction
      .insertInto('portfolio_told')
      .values({ what, digest })
      .onConflict((conflict) => conflict.column('what').doUpdateSet({ digest }))
      .execute()
  if (stock) await writeStock(transaction, stock)
}

async function planSettings(
  db: Kysely<Tables>,
  portfolio: Portfolio,
): Promise<{ readonly what: string; readonly digest: string; readonly command: Command }[]> {
  const rows = await db.selectFrom('portfolio_told').selectAll().execute()
  const told = new Map(rows.map(({ what, digest }) => [what, digest]))
  const terms = termsOf(portfolio) ?? (told.has('terms') ? noTerms(portfolio) : undefined)
  return [
    { what: 'tenants', command: tenantsOf(portfolio) },
    ...(terms ? [{ what: 'terms', command: terms }] : []),
  ]
    .map((one) => ({ ...one, digest: digestOf(JSON.stringify(one.command)) }))
    .filter(({ what, digest }) => told.get(what) !== digest)
}

function planMachines(
  there: readonly StockedLot[],
  portfolio: Portfolio,
  at: Instant,
  state: AllocationState,
): Pick<SupplyPlan, 'commands' | 'stock'> {
  const deliveries = deliveriesOf(portfolio)
  const present = thereAt(deliveries, at)
  const opened = deliveries.pools
    .filter(({ id }) => !state.poolById.has(id))
    .map((pool): Command => ({ kind: 'openPool', pool }))
  const { kept, surplus, missing, isChanged } = compareStock(there, present.flatMap(lotsOf))
  if (!isChanged) return { commands: opened, stock: undefined }
  const numbers = new Map<string, number>()
  const nextNode = (pool: string): number => numbers.get(pool) ?? state.poolById.get(pool)?.free.nodes ?? 0
  const brought: StockedLot[] = []
  const adding = bySource(missing).map((lots): Command => {
    for (const lot of lots) {
      brought.push({ ...lot, firstNode: lot.shape === CORES ? 0 : nextNode(lot.pool) })
      numbers.set(lot.pool, nextNode(lot.pool) + lot.count * nodesPerCount(lot.shape))
    }
    return add(lots, present)
  })
  // What comes, comes first, so that gangs that must leave find it.
  return { commands: [...opened, ...adding, ...surplus.map(remove)], stock: [...kept, ...brought] }
}

function lotsOf({ pool, source, groups, cpuCores }: Delivery): Lot[] {
  const lots = groups.map((group) => ({ pool: pool.id, source, shape: shapeOf(group), count: group.domains }))
  const cores = { pool: pool.id, source, shape: CORES, count: cpuCores }
  return [...lots, cores].filter(({ count }) => count > 0)
}

function bySource(lots: readonly Lot[]): Lot[][] {
  const groups = new Map<string, Lot[]>()
  for (const lot of lots) {
    const key = `${lot.pool}|${lot.source}`
    groups.set(key, [...(groups.get(key) ?? []), lot])
  }
  return [...groups.values()]
}

function add(lots: readonly Lot[], present: readonly Delivery[]): Command {
  const [first] = lots
  const poolId = first?.pool ?? ''
  const whole = present.find(({ source, pool }) => source === first?.source && pool.id === poolId)
  const cores = lots.find(({ shape }) => shape === CORES)?.count ?? 0
  const nodes = asNamed(lots, whole) ?? lots.filter(({ shape }) => shape !== CORES).map(groupOf)
  return { kind: 'addNodes', poolId, nodes, ...(cores > 0 ? { cpuCores: cores } : {}) }
}

/** A delivery that comes whole lies in blocks as it was laid out. */
function asNamed(lots: readonly Lot[], delivery: Delivery | undefined): readonly NodeGroup[] | undefined {
  const groups = lots.filter(({ shape }) => shape !== CORES)
  const isWhole =
    delivery?.groups.length === groups.length &&
    delivery.groups.every(
      (group, n) => shapeOf(group) === groups[n]?.shape && group.domains === groups[n]?.count,
    )
  return isWhole ? delivery?.groups : undefined
}

function remove({ pool: poolId, shape, firstNode, count }: StockedLot): Command {
  if (shape === CORES) return { kind: 'removeNodes', poolId, firstNode: 0, nodes: 0, cpuCores: count }
  return { kind: 'removeNodes', poolId, firstNode, nodes: count * nodesPerCount(shape) }
}

async function readStock(db: Kysely<Tables>): Promise<StockedLot[]> {
  const rows = await db.selectFrom('machine_stock').selectAll().execute()
  return rows.map(({ n: _, first_node: firstNode, ...lot }) => ({ ...lot, firstNode }))
}

const ROWS_AT_ONCE = 1_000

async function writeStock(transaction: Transaction<Tables>, lots: readonly StockedLot[]): Promise<void> {
  await transaction.deleteFrom('machine_stock').execute()
  const rows = lots.map(({ firstNode, ...lot }, n) => ({ ...lot, n, first_node: firstNode }))
  for (let n = 0; n < rows.length; n += ROWS_AT_ONCE)
    await transaction
      .insertInto('machine_stock')
      .values(rows.slice(n, n + ROWS_AT_ONCE))
      .execute()
}

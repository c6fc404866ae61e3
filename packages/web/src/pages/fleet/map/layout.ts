import { type Block, type Blocks, blocksOf } from './blocks.ts'
import { divideArea } from './divide-area.ts'
import type { FleetState, PoolOnMap } from './fleet-state.ts'
import type { Rect } from './rect.ts'

/** Where the blocks of a pool lie; lengths are in pixels of the whole map at once. */
export interface PoolPlace extends Rect {
  readonly pool: PoolOnMap
  readonly blocks: readonly Block[]
  /** Of a block, in domains. */
  readonly columns: number
  readonly rows: number
  /** Blocks beside one another. */
  readonly across: number
  /** Where its first block begins: below its name. */
  readonly top: number
}

export interface ProviderPlace extends Rect {
  readonly provider: string
}

export interface Layout {
  readonly width: number
  readonly height: number
  /** From one domain to the next. */
  readonly cell: number
  readonly pools: readonly PoolPlace[]
  readonly providers: readonly ProviderPlace[]
}

/** Room for a provider's name above its pools, for a pool's above its blocks, and between them. */
export const PROVIDER_HEAD = 22
export const POOL_HEAD = 18
const GAP = 14
const POOL_GAP = 10

/** Between blocks, in cells. */
export const BLOCK_GAP = 0.4

/** From the largest cells that make sense down to the smallest that can still be told apart. */
const CELLS = [40, 34, 28, 24, 20, 18, 16, 14, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]

interface Group {
  readonly provider: string
  readonly pools: readonly { readonly pool: PoolOnMap; readonly grid: Blocks }[]
}

/**
 * Lays all pools out in an area, providers together, with cells of one size, the largest that fit: areas can be compared. Where not
 * even the smallest fit, the map is higher than the area.
 */
export function layoutOf({ pools, columns }: FleetState, width: number, height: number): Layout {
  const groups = groupsOf(pools, columns.block)
  for (const cell of CELLS) {
    const layout = attempt(groups, cell, width, height)
    if (layout) return layout
  }
  let higher = Math.max(height, 100)
  for (;;) {
    higher *= 1.25
    const layout = attempt(groups, CELLS.at(-1) ?? 2, width, higher)
    if (layout || higher > 1e7) return layout ?? { width, height, cell: 2, pools: [], providers: [] }
  }
}

function groupsOf(pools: readonly PoolOnMap[], block: Float64Array): Group[] {
  const groups = new Map<string, { pool: PoolOnMap; grid: Blocks }[]>()
  for (const pool of pools) {
    if (pool.domains === 0) continue
    const group = groups.get(pool.provider) ?? []
    group.push({ pool, grid: blocksOf(block, pool.offset, pool.domains) })
    groups.set(pool.provider, group)
  }
  const sizeOf = (some: Group['pools']): number => some.reduce((sum, { pool }) => sum + pool.domains, 0)
  return [...groups]
    .map(([provider, some]) => ({
      provider,
      pools: some.toSorted((a, b) => b.pool.domains - a.pool.domains),
    }))
    .sort((a, b) => sizeOf(b.pools) - sizeOf(a.pools))
}

/** How often what did not fit is given more room before it is tried with smaller cells. */
const TRIES = 60
const MORE = 1.06

/** How much a width counts beside a height where an area is cut: the ways that are tried, the most even one first. */
const BREADTHS = [1, 0.6, 1.7, 0.35, 3]

/** Nothing where cells of this size do not fit, however it is tried. */
function attempt(groups: readonly Group[], cell: number, width: number, height: number): Layout | undefined {
  for (const breadth of BREADTHS) {
    const layout = attemptCut(groups, cell, { x: 0, y: 0, width, height }, breadth)
    if (layout) return layout
  }
  return undefined
}

function attemptCut(groups: readonly Group[], cell: number, area: Rect, breadth: number): Layout | undefined {
  const needs = groups.map(({ pools }) => pools.map(({ grid }) => areaOf(grid, cell)))
  for (let n = 0; n < TRIES; n++) {
    if (sumOf(needs.flat()) > area.width * area.height * 1.6) return undefined
    const layout = placeAll(groups, needs, cell, { area, breadth })
    if (layout.pools.length === needs.flat().length) return layout
  }
  return undefined
}

interface Cut {
  readonly area: Rect
  readonly breadth: number
}

/** Leaves out what does not fit, and has it need more the next time. */
function placeAll(
  groups: readonly Group[],
  needs: readonly number[][],
  cell: number,
  { area, breadth }: Cut,
): Layout {
  const rects = divideArea(needs.map(sumOf), area, GAP, breadth)
  const pools: PoolPlace[] = []
  const providers: ProviderPlace[] = []
  for (const [n, group] of groups.entries()) {
    const [rect, wanted] = [rects[n], needs[n]]
    if (!rect || !wanted) continue
    const inner = { ...rect, y: rect.y + PROVIDER_HEAD, height: rect.height - PROVIDER_HEAD }
    const parts = divideArea(wanted, inner, POOL_GAP, breadth)
    for (const [m, { pool, grid }] of group.pools.entries()) {
      const part = parts[m]
      const place = part && placePool(pool, grid, part, cell)
      if (place) pools.push(place)
      else wanted[m] = (wanted[m] ?? 1) * MORE
    }
    providers.push({ provider: group.provider, ...rect })
  }
  return { width: area.width, height: area.height, cell, pools, providers }
}

function placePool(pool: PoolOnMap, grid: Blocks, area: Rect, cell: number): PoolPlace | undefined {
  const { blocks, columns, rows } = grid
  const across = Math.floor(area.width / cell / (columns + BLOCK_GAP) + 1e-9)
  if (across < 1 || area.width < SMALLEST_WIDTH) return undefined
  const down = Math.ceil(blocks.length / across)
  if (POOL_HEAD + down * (rows + BLOCK_GAP) * cell > area.height) return undefined
  return { ...area, pool, blocks, columns, rows, across, top: area.y + POOL_HEAD }
}

/** Names need some room, however few domains are below them. */
const SMALLEST_WIDTH = 56

/** About what a pool takes, its name included. */
function areaOf({ blocks, columns, rows }: Blocks, cell: number): number {
  const [width, height] = [(columns + BLOCK_GAP) * cell, (rows + BLOCK_GAP) * cell]
  const side = Math.max(SMALLEST_WIDTH, width, Math.sqrt(blocks.length * width * height))
  const down = Math.ceil(blocks.length / Math.max(1, Math.floor(side / width)))
  return side * (down * height + PROVIDER_HEAD + POOL_HEAD)
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}

import type { Inks } from './colours.ts'
import type { Layout, PoolPlace } from './layout.ts'
import { KINDS, type Look, lookOfCode, STEPS } from './looks.ts'
import { blockRect, domainRect, eachBlockIn } from './places.ts'
import { fill, frame, type Sheet } from './sheet.ts'

/** A node as it is drawn within its domain. */
export interface NodeLook {
  readonly kind: Look['kind']
  readonly step: number
}

/** What is drawn: where, in which colours, and what is known of single nodes. */
export interface Drawing {
  readonly layout: Layout
  readonly codes: Uint16Array
  readonly inks: Inks
  /** Pixels of the screen to one of the map. */
  readonly scale: number
  /** Whether a domain is one that was looked for; all of them where nothing is. */
  readonly isSought: ((at: number) => boolean) | undefined
  /** Those of a domain in order, as far as they are known. */
  readonly nodesOf: (at: number) => readonly NodeLook[] | undefined
}

/** From so many pixels on a cell shows by a level how full it is, and a mark where nodes need a look. */
const WITH_LEVEL = 11
/** From so many pixels on it shows its nodes. */
export const WITH_NODES = 60

/** Draws all of a sheet anew. */
export function drawSheet(sheet: Sheet, drawing: Drawing): void {
  const { layout, scale, inks } = drawing
  sheet.pixels.fill(inks.paper)
  const area = {
    x: sheet.left / scale,
    y: sheet.top / scale,
    width: sheet.width / scale,
    height: sheet.height / scale,
  }
  eachBlockIn(layout, area, (place, n) => drawBlock(sheet, drawing, place, n))
}

function drawBlock(sheet: Sheet, drawing: Drawing, place: PoolPlace, n: number): void {
  const block = place.blocks[n]
  if (!block) return
  const { cell } = drawing.layout
  const { x, y } = blockRect(place, n, cell)
  for (let within = 0; within < block.domains; within++) {
    const left = x + (within % place.columns) * cell
    const top = y + Math.floor(within / place.columns) * cell
    drawCell(sheet, drawing, block.first + within, left, top)
  }
}

/** Draws one domain anew where the sheet shows it. */
export function drawDomain(sheet: Sheet, drawing: Drawing, at: number): void {
  const rect = domainRect(drawing.layout, at)
  if (rect) drawCell(sheet, drawing, at, rect.x, rect.y)
}

function drawCell(sheet: Sheet, drawing: Drawing, at: number, x: number, y: number): void {
  const { scale, inks, codes } = drawing
  const size = drawing.layout.cell * scale
  const gap = size >= 24 ? 2 : size >= 2.5 ? 1 : 0
  const [left, top] = [Math.round(x * scale), Math.round(y * scale)]
  const right = Math.max(left + 1, Math.round((x + drawing.layout.cell) * scale) - gap)
  const bottom = Math.max(top + 1, Math.round((y + drawing.layout.cell) * scale) - gap)
  if (right <= sheet.left || bottom <= sheet.top) return
  if (left >= sheet.left + sheet.width || top >= sheet.top + sheet.height) return
  const look = lookOfCode(codes[at] ?? 0)
  const table = drawing.isSought && !drawing.isSought(at) ? inks.faint : inks.blended
  const box = [left, top, right, bottom] as const
  const nodes = size >= WITH_NODES ? drawing.nodesOf(at) : undefined
  if (nodes) return drawNodes(sheet, nodes, box, table, inks)
  drawLook(sheet, look, box, table, inks)
  if (look.alarm !== 'none' && size >= WITH_LEVEL && table === inks.blended) {
    const mark = Math.max(3, Math.round(size / 6))
    fill(sheet, right - mark, top, right, top + mark, look.alarm === 'broken' ? inks.broken : inks.caution)
  }
}

type Box = readonly [number, number, number, number]

function drawLook(
  sheet: Sheet,
  { kind, step }: Omit<Look, 'alarm'>,
  box: Box,
  table: Uint32Array,
  { paper }: Inks,
) {
  const [left, top, right, bottom] = box
  const inkAt = (level: number): number => table[KINDS.indexOf(kind) * (STEPS + 1) + level] ?? paper
  if (kind === 'gone') return fill(sheet, left, top, right, bottom, paper)
  const side = bottom - top
  // An empty frame: nothing of it can be used, whatever the colours say to whom.
  if (kind === 'out' && step === STEPS) {
    fill(sheet, left, top, right, bottom, paper)
    return frame(sheet, box, side >= WITH_LEVEL ? 2 : 1, inkAt(STEPS))
  }
  if (side < WITH_LEVEL || step === STEPS) return fill(sheet, left, top, right, bottom, inkAt(step))
  const level = bottom - Math.round((side * step) / STEPS)
  fill(sheet, left, top, right, level, inkAt(0))
  fill(sheet, left, level, right, bottom, inkAt(STEPS))
}

/** Columns of nodes in a cell that is about square. */
function nodeColumns(nodes: number): number {
  return Math.max(1, Math.ceil(Math.sqrt(nodes * 2) - 1e-9))
}

function drawNodes(sheet: Sheet, nodes: readonly NodeLook[], box: Box, table: Uint32Array, inks: Inks): void {
  const [left, top, right, bottom] = box
  const columns = nodeColumns(nodes.length)
  const rows = Math.max(1, Math.ceil(nodes.length / columns))
  fill(sheet, left, top, right, bottom, inks.paper)
  for (const [n, node] of nodes.entries()) {
    const [column, row] = [n % columns, Math.floor(n / columns)]
    const x = left + Math.round(((right - left) * column) / columns)
    const y = top + Math.round(((bottom - top) * row) / rows)
    const endX = left + Math.round(((right - left) * (column + 1)) / columns) - 1
    const endY = top + Math.round(((bottom - top) * (row + 1)) / rows) - 1
    drawLook(sheet, node, [x, y, endX, endY], table, inks)
  }
}

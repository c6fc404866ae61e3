import { type Drawing, drawDomain, drawSheet } from './draw-domains.ts'
import { domainRect } from './places.ts'
import type { Sheet } from './sheet.ts'

/** Pixels of a side. */
const SIDE = 256
/** What is kept beyond what is seen: so many times as much. */
const KEPT = 2
const FEWEST = 24

interface Tile extends Sheet {
  readonly canvas: HTMLCanvasElement
  readonly context: CanvasRenderingContext2D
  readonly image: ImageData
  /** Whether its pixels have changed since they were put on its canvas. */
  isDirty: boolean
  /** The last frame that showed it. */
  shownAt: number
}

/** The map at one scale, in squares that are drawn when they come into sight and kept: to move it is to put them elsewhere. */
export class Tiles {
  #drawing: Drawing | undefined
  #tiles = new Map<string, Tile>()
  #spare: Tile[] = []
  #frame = 0

  /** Everything looks different: another scale, other colours, other domains. */
  begin(drawing: Drawing): void {
    this.#drawing = drawing
    this.#spare.push(...this.#tiles.values())
    this.#tiles.clear()
  }

  /** These domains look different. */
  redraw(domains: readonly number[]): void {
    const drawing = this.#drawing
    if (!drawing) return
    // Past some number it is less work to draw anew what is in sight.
    if (domains.length > drawing.codes.length / 4) return this.begin(drawing)
    for (const at of domains) for (const tile of this.#tilesOf(drawing, at)) redrawIn(tile, drawing, at)
  }

  /** Puts what lies between two pixels of the map onto a canvas. */
  show(context: CanvasRenderingContext2D, left: number, top: number, width: number, height: number): void {
    if (!this.#drawing) return
    this.#frame += 1
    for (let row = Math.floor(top / SIDE); row * SIDE < top + height; row++)
      for (let column = Math.floor(left / SIDE); column * SIDE < left + width; column++) {
        const tile = this.#tile(this.#drawing, column, row)
        if (tile.isDirty) tile.context.putImageData(tile.image, 0, 0)
        tile.isDirty = false
        tile.shownAt = this.#frame
        context.drawImage(tile.canvas, tile.left - left, tile.top - top)
      }
    this.#forget(Math.max(FEWEST, (Math.ceil(width / SIDE) + 1) * (Math.ceil(height / SIDE) + 1) * KEPT))
  }

  /** Draws one square more around what is seen; says whether there was one. */
  prepare(left: number, top: number, width: number, height: number): boolean {
    const drawing = this.#drawing
    if (!drawing) return false
    for (let row = Math.floor(top / SIDE) - 1; row * SIDE < top + height + SIDE; row++)
      for (let column = Math.floor(left / SIDE) - 1; column * SIDE < left + width + SIDE; column++) {
        if (this.#tiles.has(keyOf(column, row)) || !isOnMap(drawing, column, row)) continue
        this.#tile(drawing, column, row).shownAt = this.#frame
        return true
      }
    return false
  }

  #tile(drawing: Drawing, column: number, row: number): Tile {
    const key = keyOf(column, row)
    const known = this.#tiles.get(key)
    if (known) return known
    const made: Tile = {
      ...(this.#spare.pop() ?? newTile()),
      left: column * SIDE,
      top: row * SIDE,
      isDirty: true,
    }
    drawSheet(made, drawing)
    this.#tiles.set(key, made)
    return made
  }

  *#tilesOf({ layout, scale }: Drawing, at: number): Iterable<Tile> {
    const rect = domainRect(layout, at)
    if (!rect) return
    const [left, top] = [Math.floor(rect.x * scale) - 1, Math.floor(rect.y * scale) - 1]
    const [right, bottom] = [(rect.x + rect.width) * scale + 1, (rect.y + rect.height) * scale + 1]
    for (let row = Math.floor(top / SIDE); row * SIDE < bottom; row++)
      for (let column = Math.floor(left / SIDE); column * SIDE < right; column++) {
        const tile = this.#tiles.get(keyOf(column, row))
        if (tile) yield tile
      }
  }

  #forget(most: number): void {
    if (this.#tiles.size <= most) return
    const oldest = [...this.#tiles].sort(([, a], [, b]) => a.shownAt - b.shownAt)
    for (const [key, tile] of oldest.slice(0, this.#tiles.size - most)) {
      if (tile.shownAt === this.#frame) break
      this.#tiles.delete(key)
      this.#spare.push(tile)
    }
    this.#spare.length = Math.min(this.#spare.length, FEWEST)
  }
}

function redrawIn(tile: Tile, drawing: Drawing, at: number): void {
  drawDomain(tile, drawing, at)
  tile.isDirty = true
}

function keyOf(column: number, row: number): string {
  return `${column} ${row}`
}

function isOnMap({ layout, scale }: Drawing, column: number, row: number): boolean {
  return column >= 0 && row >= 0 && column * SIDE < layout.width * scale && row * SIDE < layout.height * scale
}

function newTile(): Tile {
  const canvas = document.createElement('canvas')
  canvas.width = SIDE
  canvas.height = SIDE
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) throw new Error('this browser draws no pictures')
  const image = context.createImageData(SIDE, SIDE)
  const pixels = new Uint32Array(image.data.buffer)
  return {
    canvas,
    context,
    image,
    pixels,
    width: SIDE,
    height: SIDE,
    left: 0,
    top: 0,
    isDirty: true,
    shownAt: 0,
  }
}

import type { NodeView } from '@offtake/contract/api/pool'
import { type Inks, inksOf, type MapColours } from './colours.ts'
import { type Drawing, WITH_NODES } from './draw-domains.ts'
import type { Changed, FleetModel } from './fleet-model.ts'
import { drawLabels } from './labels.ts'
import { type Layout, layoutOf } from './layout.ts'
import { nodeLook } from './node-look.ts'
import { domainAtPoint, domainNear, domainRect, eachBlockIn } from './places.ts'
import type { Rect } from './rect.ts'
import { Tiles } from './tiles.ts'
import { between, type Extent, panned, type View, viewOf, wholeView, zoomed } from './view.ts'

/** The largest side of a domain, in pixels. */
const LARGEST_CELL = 210
const GLIDE_MS = 260

/** A block whose nodes can be told apart. */
export interface BlockInSight {
  readonly pool: string
  readonly block: number
}

interface Watcher {
  /** The view has moved, or what is drawn has changed. */
  readonly drawn: () => void
}

/** The map on its canvas: one paint per frame, whatever has happened since the last one. */
export class FleetMap {
  readonly #canvas: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  readonly #model: FleetModel
  readonly #watcher: Watcher
  readonly #tiles = new Tiles()
  readonly #nodes = new Map<number, readonly NodeView[]>()
  #look: { readonly colours: MapColours; readonly inks: Inks; readonly font: string } | undefined
  #layout: Layout | undefined
  #size = { width: 0, height: 0, ratio: 1 }
  #view: View = { x: 0, y: 0, scale: 1 }
  #glide: { readonly from: View; readonly to: View; readonly began: number } | undefined
  #sought: ((at: number) => boolean) | undefined
  #selected = -1
  #hovered = -1
  #isStale = true
  #frame: number | undefined

  constructor(canvas: HTMLCanvasElement, model: FleetModel, watcher: Watcher) {
    const context = canvas.getContext('2d', { alpha: false })
    if (!context) throw new Error('this browser draws no pictures')
    this.#canvas = canvas
    this.#context = context
    this.#model = model
    this.#watcher = watcher
  }

  close(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame)
    this.#frame = undefined
  }

  get size(): { readonly width: number; readonly height: number } {
    return this.#size
  }

  get view(): View {
    return this.#view
  }

  get layout(): Layout | undefined {
    return this.#layout
  }

  /** The side of a domain as it is seen now. */
  get cell(): number {
    return (this.#layout?.cell ?? 0) * this.#view.scale
  }

  resize(width: number, height: number, ratio: number): void {
    if (width <= 0 || height <= 0) return
    const { scale } = this.#view
    const [at, cell] = [this.middle(), this.cell]
    this.#size = { width, height, ratio }
    this.#canvas.width = Math.round(width * ratio)
    this.#canvas.height = Math.round(height * ratio)
    this.#layOut()
    const rect = this.#layout && at >= 0 && scale > 1 ? domainRect(this.#layout, at) : undefined
    const share = cell / Math.min(width, height)
    this.#lookAt(rect ? viewOf(rect, this.#extent(), share) : wholeView(this.#extent()))
  }

  paint(colours: MapColours, font: string): void {
    this.#look = { colours, inks: inksOf(colours), font }
    this.#stale()
  }

  /** What looks different. */
  changed(changed: Changed): void {
    if (changed.kind === 'looks') return this.#stale()
    if (changed.kind === 'fleet') {
      this.#nodes.clear()
      return this.#layOut()
    }
    if (changed.domains.length === 0) return
    if (!this.#isStale) this.#tiles.redraw(changed.domains)
    this.#request()
  }

  /** Which of them were looked for; all where nothing was. */
  seek(sought: ((at: number) => boolean) | undefined): void {
    this.#sought = sought
    this.#stale()
  }

  /** What is known of the nodes of these domains. */
  knowNodes(known: readonly (readonly [number, readonly NodeView[]])[]): void {
    for (const [at, nodes] of known) this.#nodes.set(at, nodes)
    if (!this.#isStale) this.#tiles.redraw(known.map(([at]) => at))
    this.#request()
  }

  select(at: number): void {
    if (at === this.#selected) return
    this.#selected = at
    this.#request()
  }

  hover(at: number): void {
    if (at === this.#hovered) return
    this.#hovered = at
    this.#request()
  }

  domainAt(x: number, y: number): number {
    const { x: left, y: top, scale } = this.#view
    return this.#layout ? domainAtPoint(this.#layout, left + x / scale, top + y / scale) : -1
  }

  pan(byX: number, byY: number): void {
    this.#lookAt(panned(this.#view, byX, byY, this.#extent()))
  }

  zoom(factor: number, at: readonly [number, number] = [this.#size.width / 2, this.#size.height / 2]): void {
    this.#lookAt(zoomed(this.#view, factor, at, this.#extent()))
  }

  /** The same, so that the eye can follow. */
  glideZoom(factor: number): void {
    const from = this.#glide?.to ?? this.#view
    this.glideTo(zoomed(from, factor, [this.#size.width / 2, this.#size.height / 2], this.#extent()))
  }

  showAll(): void {
    this.glideTo(wholeView(this.#extent()))
  }

  /** An area of the map, within so much of the screen that nothing lies over. */
  showArea(area: Rect, share: number, covered: number): void {
    this.glideTo(viewOf(area, this.#extent(), share, covered))
  }

  glideTo(to: View): void {
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches
    if (isStill || this.#isStale) return this.#lookAt(to)
    this.#glide = { from: this.#view, to, began: performance.now() }
    this.#request()
  }

  /** The blocks whose nodes can be told apart as it is seen now; none where there are too many. */
  blocksInSight(most: number): BlockInSight[] {
    const layout = this.#layout
    if (!layout || this.cell < WITH_NODES) return []
    const seen: BlockInSight[] = []
    eachBlockIn(layout, this.#seen(), ({ pool, blocks }, n) => {
      const block = blocks[n]
      if (block) seen.push({ pool: pool.id, block: block.number })
    })
    return seen.length > most ? [] : seen
  }

  /** The domain in the middle, or next to it. */
  middle(): number {
    const { x, y, width, height } = this.#seen()
    return this.#layout ? domainNear(this.#layout, x + width / 2, y + height / 2) : -1
  }

  #seen(): Rect {
    const { width, height } = this.#size
    const { x, y, scale } = this.#view
    return { x, y, width: width / scale, height: height / scale }
  }

  #extent(): Extent {
    const { width, height } = this.#size
    const { width: mapWidth = width, height: mapHeight = height, cell = 10 } = this.#layout ?? {}
    return { width, height, mapWidth, mapHeight, largestScale: Math.max(1, LARGEST_CELL / cell) }
  }

  #layOut(): void {
    const { width, height } = this.#size
    if (width > 0) this.#layout = layoutOf(this.#model.state, width, height)
    this.#stale()
  }

  #lookAt(view: View): void {
    this.#glide = undefined
    this.#move(view)
  }

  #move(view: View): void {
    if (view.scale !== this.#view.scale) this.#isStale = true
    this.#view = view
    this.#request()
  }

  #stale(): void {
    this.#isStale = true
    this.#request()
  }

  #request(): void {
    this.#frame ??= requestAnimationFrame((now) => this.#draw(now))
  }

  #draw(now: number): void {
    this.#frame = undefined
    this.#step(now)
    const drawing = this.#drawing()
    if (!drawing || !this.#look) return
    const { width, height, ratio } = this.#size
    const [left, top] = [Math.round(this.#view.x * drawing.scale), Math.round(this.#view.y * drawing.scale)]
    const [wide, high] = [this.#canvas.width, this.#canvas.height]
    this.#context.setTransform(1, 0, 0, 1, 0, 0)
    this.#tiles.show(this.#context, left, top, wide, high)
    this.#context.setTransform(ratio, 0, 0, ratio, 0, 0)
    const { colours, font } = this.#look
    const [selected, hovered] = [this.#selected, this.#hovered]
    const view = { x: left / drawing.scale, y: top / drawing.scale, scale: this.#view.scale }
    drawLabels(this.#context, { layout: drawing.layout, colours, font, selected, hovered }, view, {
      width,
      height,
    })
    this.#watcher.drawn()
    if (!this.#glide) this.#prepare(left, top, wide, high)
  }

  /** Draws ahead what a pan would bring into sight, when there is nothing else to do. */
  #prepare(left: number, top: number, width: number, height: number): void {
    const view = this.#view
    const go = (): void => {
      if (this.#view !== view || this.#isStale) return
      if (this.#tiles.prepare(left, top, width, height)) whenIdle(go)
    }
    whenIdle(go)
  }

  /** Goes on towards where it glides to. */
  #step(now: number): void {
    if (!this.#glide) return
    const { from, to, began } = this.#glide
    const share = Math.min(1, Math.max(0, (now - began) / GLIDE_MS))
    const eased = 1 - (1 - share) ** 3
    const view = share === 1 ? to : between(from, to, eased, this.#extent())
    if (share === 1) this.#glide = undefined
    this.#move(view)
    if (share === 1 && this.#frame !== undefined) {
      cancelAnimationFrame(this.#frame)
      this.#frame = undefined
    }
  }

  /** What the tiles draw from, made anew where everything looks different. */
  #drawing(): Drawing | undefined {
    if (!this.#layout || !this.#look) return undefined
    const drawing: Drawing = {
      layout: this.#layout,
      codes: this.#model.looks.codes,
      inks: this.#look.inks,
      scale: this.#view.scale * this.#size.ratio,
      isSought: this.#sought,
      nodesOf: (at) => this.#nodes.get(at)?.map((node) => nodeLook(this.#model, at, node)),
    }
    if (this.#isStale) this.#tiles.begin(drawing)
    this.#isStale = false
    return drawing
  }
}

function whenIdle(go: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(go, { timeout: 500 })
  else setTimeout(go, 30)
}

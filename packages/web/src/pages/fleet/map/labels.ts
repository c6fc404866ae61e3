import { countText } from '../../../parts/number-text.ts'
import type { MapColours } from './colours.ts'
import type { Layout, PoolPlace } from './layout.ts'
import { POOL_HEAD, PROVIDER_HEAD } from './layout.ts'
import { blockRect, domainRect, eachBlockIn } from './places.ts'
import type { Rect } from './rect.ts'
import type { View } from './view.ts'

const WITH_BLOCK_NAMES = 34
const WITH_NUMBERS = 60
const WITH_COUNT = 240

/** What stands on the map beside the cells: names, and frames around what is meant. */
export interface Labels {
  readonly layout: Layout
  readonly colours: MapColours
  readonly font: string
  readonly selected: number
  readonly hovered: number
}

/** Writes names and draws frames; lengths are in pixels of the page. */
export function drawLabels(
  context: CanvasRenderingContext2D,
  labels: Labels,
  view: View,
  size: { readonly width: number; readonly height: number },
): void {
  const { layout, colours, font } = labels
  const seen = { x: view.x, y: view.y, width: size.width / view.scale, height: size.height / view.scale }
  context.textBaseline = 'alphabetic'
  for (const { provider, ...rect } of layout.providers)
    write(
      context,
      { text: provider, style: `620 13px ${font}`, color: colours.ink },
      headOf(rect, PROVIDER_HEAD),
      view,
    )
  for (const place of layout.pools) {
    const rect = { ...place, height: POOL_HEAD }
    const text = nameOf(place, rect.width * view.scale)
    write(context, { text, style: `11.5px ${font}`, color: colours.quiet }, rect, view)
  }
  const cell = layout.cell * view.scale
  if (cell >= WITH_BLOCK_NAMES)
    eachBlockIn(layout, seen, (place, n) => writeBlock(context, labels, { place, n, cell }, view))
  outline(context, labels, labels.hovered, view, colours.quiet)
  outline(context, labels, labels.selected, view, colours.ink)
}

function nameOf({ pool }: PoolPlace, width: number): string {
  const place = pool.fabric === 'default' ? pool.region : `${pool.region} ${pool.fabric}`
  const name = `${place} · ${pool.hardware}${pool.isSimulated ? '' : ' · real'}`
  return width > WITH_COUNT ? `${name} · ${countText(pool.domains)} domains` : name
}

function headOf(rect: Rect, height: number): Rect {
  return { ...rect, height }
}

interface Written {
  readonly text: string
  readonly style: string
  readonly color: string
}

/** At the foot of the strip that is left for it, as far as there is room. */
function write(context: CanvasRenderingContext2D, written: Written, strip: Rect, view: View): void {
  const x = (strip.x - view.x) * view.scale
  const y = (strip.y + strip.height - view.y) * view.scale - 5
  const room = strip.width * view.scale
  if (y < -4 || y > context.canvas.height + 20 || x + room < 0 || x > context.canvas.width) return
  context.font = written.style
  context.fillStyle = written.color
  const text = shortened(context, written.text, room)
  if (text !== '') context.fillText(text, Math.round(x >= 0 ? x : Math.min(0, x + room - 90)), Math.round(y))
}

const WIDTHS = new Map<string, string>()

/** As much of a text as there is room for; measured once, since that takes longer than to write it. */
function shortened(context: CanvasRenderingContext2D, text: string, room: number): string {
  const key = `${context.font} ${Math.floor(room / 8)} ${text}`
  const known = WIDTHS.get(key)
  if (known !== undefined) return known
  if (WIDTHS.size > 2_000) WIDTHS.clear()
  let some = text
  while (some.length > 1 && context.measureText(some === text ? some : `${some}…`).width > room)
    some = some.slice(0, -1).trimEnd()
  const fitting = some === text ? text : some.length < 3 ? '' : `${some}…`
  WIDTHS.set(key, fitting)
  return fitting
}

interface BlockAt {
  readonly place: PoolPlace
  readonly n: number
  readonly cell: number
}

function writeBlock(
  context: CanvasRenderingContext2D,
  labels: Labels,
  { place, n, cell }: BlockAt,
  view: View,
): void {
  const block = place.blocks[n]
  if (!block || (block.domains === 1 && place.blocks.length === 1)) return
  const rect = blockRect(place, n, labels.layout.cell)
  const x = Math.round((rect.x - view.x) * view.scale)
  const high = Math.ceil(block.domains / place.columns) * labels.layout.cell
  const foot = Math.round((rect.y + high - view.y) * view.scale)
  context.font = `10.5px ${labels.font}`
  context.fillStyle = labels.colours.quiet
  const first = block.first - place.pool.offset
  const range = block.domains === 1 ? `domain ${first}` : `domains ${first}–${first + block.domains - 1}`
  const text = cell >= WITH_NUMBERS ? `Block ${block.number} · ${range}` : `Block ${block.number}`
  context.fillText(shortened(context, text, rect.width * view.scale), x, foot + Math.min(13, cell * 0.36))
}

function outline(
  context: CanvasRenderingContext2D,
  { layout }: Labels,
  at: number,
  view: View,
  color: string,
): void {
  const rect = at < 0 ? undefined : domainRect(layout, at)
  if (!rect) return
  const size = rect.width * view.scale
  const reach = size < 12 ? 3 : 2
  const x = Math.round((rect.x - view.x) * view.scale) - reach
  const y = Math.round((rect.y - view.y) * view.scale) - reach
  context.strokeStyle = color
  context.lineWidth = 2
  context.strokeRect(x, y, Math.round(size) + reach * 2 - 1, Math.round(size) + reach * 2 - 1)
}

import type { Rect } from './rect.ts'

/** What of the map is seen: its point at the upper left, and how many pixels one of its own takes. */
export interface View {
  readonly x: number
  readonly y: number
  readonly scale: number
}

/** The area of the screen and the map on it. */
export interface Extent {
  readonly width: number
  readonly height: number
  readonly mapWidth: number
  readonly mapHeight: number
  readonly largestScale: number
}

/** All of the map. */
export function wholeView(extent: Extent): View {
  return within({ x: 0, y: 0, scale: smallestScale(extent) }, extent)
}

export function panned(view: View, byX: number, byY: number, extent: Extent): View {
  return within({ ...view, x: view.x + byX / view.scale, y: view.y + byY / view.scale }, extent)
}

/** Nearer by a factor, with the point of the map under a pixel where it was. */
export function zoomed(
  view: View,
  factor: number,
  [atX, atY]: readonly [number, number],
  extent: Extent,
): View {
  const scale = Math.min(extent.largestScale, Math.max(smallestScale(extent), view.scale * factor))
  const [x, y] = [view.x + atX / view.scale, view.y + atY / view.scale]
  return within({ x: x - atX / scale, y: y - atY / scale, scale }, extent)
}

/** An area of the map in the middle of what nothing covers, with some of what is around it. */
export function viewOf({ x, y, width, height }: Rect, extent: Extent, share = 0.8, covered = 0): View {
  const free = Math.max(extent.width / 2, extent.width - covered)
  const wanted = Math.min((free * share) / width, (extent.height * share) / height)
  const scale = Math.min(extent.largestScale, Math.max(smallestScale(extent), wanted))
  const left = x + width / 2 - free / 2 / scale
  return within({ x: left, y: y + height / 2 - extent.height / 2 / scale, scale }, extent)
}

/** Between two views, so that the eye can follow: the scale goes by factors. */
export function between(from: View, to: View, share: number, { width, height }: Extent): View {
  const scale = from.scale * (to.scale / from.scale) ** share
  const middle = (view: View): readonly [number, number] => [
    view.x + width / 2 / view.scale,
    view.y + height / 2 / view.scale,
  ]
  const [[fromX, fromY], [toX, toY]] = [middle(from), middle(to)]
  // As the scale goes by factors, so must the middle, else it swings out of sight.
  const apart = 1 / to.scale - 1 / from.scale
  const part = Math.abs(apart) < 1e-9 ? share : (1 / scale - 1 / from.scale) / apart
  const [x, y] = [fromX + (toX - fromX) * part, fromY + (toY - fromY) * part]
  return { x: x - width / 2 / scale, y: y - height / 2 / scale, scale }
}

function smallestScale({ width, height, mapWidth, mapHeight }: Extent): number {
  return Math.min(1, width / mapWidth, height / mapHeight)
}

/** Some of the map stays in sight. */
function within({ x, y, scale }: View, { width, height, mapWidth, mapHeight }: Extent): View {
  return {
    x: held(x, mapWidth, width / scale),
    y: held(y, mapHeight, height / scale),
    scale,
  }
}

function held(at: number, whole: number, seen: number): number {
  if (seen >= whole) return (whole - seen) / 2
  const beyond = seen * 0.25
  return Math.min(whole - seen + beyond, Math.max(-beyond, at))
}

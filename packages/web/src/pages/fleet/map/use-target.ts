import { useEffect, useRef } from 'react'
import type { FleetMap } from './fleet-map.ts'
import type { FleetModel } from './fleet-model.ts'
import type { Layout } from './layout.ts'
import { domainRect, poolRect } from './places.ts'
import type { Rect } from './rect.ts'
import type { Sought } from './sought.ts'

interface Target {
  readonly pool: string | undefined
  readonly domain: number | undefined
  readonly sought: Sought | undefined
  readonly covered: number
  readonly isReady: boolean
}

/** Of the screen, what a pool, a domain and what was looked for take. */
const POOL_SHARE = 0.86
const DOMAIN_SHARE = 0.24
const SOUGHT_SHARE = 0.7

/** Moves the map to what the address names, when that changes. */
export function useTarget(map: FleetMap | undefined, model: FleetModel, target: Target): void {
  const { pool, domain, sought, covered, isReady } = target
  const was = useRef<string>(undefined)
  useEffect(() => {
    const layout = map?.layout
    if (!map || !layout || !isReady) return
    const of = pool === undefined ? undefined : model.state.poolOf(pool)
    const at = of && domain !== undefined && domain < of.domains ? of.offset + domain : -1
    map.select(at)
    const name = JSON.stringify([pool, domain, sought?.label])
    if (name === was.current) return
    const isFirst = was.current === undefined
    was.current = name
    const aim = aimOf(layout, { pool, at, sought })
    // Who has zoomed to where it is already need not be moved.
    if (aim && !(at >= 0 && !isFirst && isWellSeen(map, aim.area, covered)))
      map.showArea(aim.area, aim.share, covered)
  }, [map, model, pool, domain, sought, covered, isReady])
}

interface Aim {
  readonly area: Rect
  readonly share: number
}

function aimOf(
  layout: Layout,
  {
    pool,
    at,
    sought,
  }: { readonly pool: string | undefined; readonly at: number; readonly sought: Sought | undefined },
): Aim | undefined {
  const domain = at < 0 ? undefined : domainRect(layout, at)
  if (domain) return { area: domain, share: DOMAIN_SHARE }
  const place = layout.pools.find((one) => one.pool.id === pool)
  if (place) return { area: poolRect(place, layout.cell), share: POOL_SHARE }
  const area = sought && around(sought.domains.slice(0, MOST).flatMap((one) => domainRect(layout, one) ?? []))
  return area && { area, share: SOUGHT_SHARE }
}

const MOST = 2_000

function around(rects: readonly Rect[]): Rect | undefined {
  if (rects.length === 0) return undefined
  const x = Math.min(...rects.map((rect) => rect.x))
  const y = Math.min(...rects.map((rect) => rect.y))
  const right = Math.max(...rects.map((rect) => rect.x + rect.width))
  const bottom = Math.max(...rects.map((rect) => rect.y + rect.height))
  return { x, y, width: right - x, height: bottom - y }
}

/** In sight, where nothing lies over it, and not too small to be told from the next. */
function isWellSeen(map: FleetMap, area: Rect, covered: number): boolean {
  const { x, y, scale } = map.view
  const { width, height } = map.size
  const [left, top] = [(area.x - x) * scale, (area.y - y) * scale]
  const side = area.width * scale
  return side >= 9 && left >= 0 && top >= 0 && left + side <= width - covered && top + side <= height
}

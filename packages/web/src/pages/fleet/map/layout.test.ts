import type { FleetMapView } from '@offtake/contract/api/fleet-map-routes'
import { expect, test } from 'vitest'
import { fleetView } from '../../../testing/fleet-view.ts'
import { FleetState } from './fleet-state.ts'
import { type Layout, layoutOf } from './layout.ts'
import { domainAtPoint, domainRect } from './places.ts'
import { overlaps } from './rect.ts'

const BIG = [3_761, 1_897, 1_163, 1_238, 991, 707, 1_106, 1_096, 472, 457, 442, 356, 202]

const bigView = (): FleetMapView =>
  fleetView(
    BIG.map((domains, n) => ({ id: `provider-${Math.floor(n / 3)}/region-${n}/gb300-nvl72`, domains })),
  )

function stateOf(view: FleetMapView): FleetState {
  const state = new FleetState()
  state.take(view)
  return state
}

test.each([
  [1_140, 580],
  [1_400, 860],
  [358, 480],
])('13,888 domains find room in %i × %i, none over another, each where it is looked for', (width, height) => {
  const layout = layoutOf(stateOf(bigView()), width, height)
  expect(layout.height).toBe(height)
  const rects = Array.from({ length: 13_888 }, (_, at) => rectOf(layout, at))
  for (const [at, { x, y, width: wide, height: high }] of rects.entries()) {
    expect(x >= 0 && y >= 0 && x + wide <= width + 1e-6 && y + high <= height + 1e-6).toBe(true)
    expect(domainAtPoint(layout, x + wide / 2, y + high / 2)).toBe(at)
  }
  for (const [n, place] of layout.pools.entries())
    for (const other of layout.pools.slice(n + 1)) expect(overlaps(place, other)).toBe(false)
})

test('most of the area shows domains', () => {
  const [width, height] = [1_140, 580]
  const layout = layoutOf(stateOf(bigView()), width, height)
  expect((13_888 * layout.cell ** 2) / (width * height)).toBeGreaterThan(0.5)
})

test('a fleet that is too large for the area goes on below it', () => {
  const layout = layoutOf(stateOf(fleetView([{ id: 'a/b/c', domains: 60_000 }])), 300, 200)
  expect(layout.height).toBeGreaterThan(200)
  expect(rectOf(layout, 59_999).y).toBeGreaterThan(200)
})

test('between domains, and where there is no pool, nothing is found', () => {
  const layout = layoutOf(stateOf(fleetView([{ id: 'a/b/c', domains: 3 }])), 800, 400)
  const last = rectOf(layout, 2)
  expect(domainAtPoint(layout, last.x + last.width + 1, last.y + 1)).toBe(-1)
  expect(domainAtPoint(layout, -5, 10)).toBe(-1)
  expect(domainAtPoint(layout, 1, 1)).toBe(-1)
})

function rectOf(layout: Layout, at: number) {
  const rect = domainRect(layout, at)
  if (!rect) throw new Error(`domain ${at} has no place`)
  return rect
}

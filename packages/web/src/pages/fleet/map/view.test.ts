import { expect, test } from 'vitest'
import { between, type Extent, panned, viewOf, wholeView, zoomed } from './view.ts'

const EXTENT: Extent = { width: 1_000, height: 500, mapWidth: 1_000, mapHeight: 500, largestScale: 40 }

test('what is under the pointer stays there while one zooms', () => {
  const view = zoomed(wholeView(EXTENT), 3, [700, 200], EXTENT)
  expect(view.scale).toBe(3)
  expect(view.x + 700 / 3).toBeCloseTo(700)
  expect(view.y + 200 / 3).toBeCloseTo(200)
})

test('it goes no nearer than nodes can be told apart, and no further than all of it', () => {
  expect(zoomed(wholeView(EXTENT), 1_000, [0, 0], EXTENT).scale).toBe(40)
  expect(zoomed(wholeView(EXTENT), 0.01, [0, 0], EXTENT)).toEqual(wholeView(EXTENT))
})

test('some of the map stays in sight, however far it is dragged', () => {
  const near = zoomed(wholeView(EXTENT), 4, [500, 250], EXTENT)
  for (const [byX, byY] of [
    [1e6, 1e6],
    [-1e6, -1e6],
  ] as const) {
    const { x, y, scale } = panned(near, byX, byY, EXTENT)
    expect(x).toBeGreaterThan(-EXTENT.width / scale)
    expect(x).toBeLessThan(EXTENT.mapWidth)
    expect(y).toBeLessThan(EXTENT.mapHeight)
  }
})

test('an area that is shown lies in the middle', () => {
  const area = { x: 600, y: 100, width: 50, height: 20 }
  const { x, y, scale } = viewOf(area, EXTENT)
  expect(x + 500 / scale).toBeCloseTo(625)
  expect(y + 250 / scale).toBeCloseTo(110)
  expect(area.width * scale).toBeLessThanOrEqual(1_000)
})

test('a glide begins where it was and ends where it goes to', () => {
  const [from, to] = [wholeView(EXTENT), viewOf({ x: 600, y: 100, width: 5, height: 5 }, EXTENT)]
  for (const [share, end] of [
    [0, from],
    [1, to],
  ] as const) {
    const view = between(from, to, share, EXTENT)
    expect(view.x).toBeCloseTo(end.x)
    expect(view.y).toBeCloseTo(end.y)
    expect(view.scale).toBeCloseTo(end.scale)
  }
})

import { BLOCK_GAP, type Layout, type PoolPlace } from './layout.ts'
import { contains, overlaps, type Rect } from './rect.ts'

/** Where a block lies on the map. */
export function blockRect({ x, top, columns, rows, across }: PoolPlace, n: number, cell: number): Rect {
  const [column, row] = [n % across, Math.floor(n / across)]
  return {
    x: x + column * (columns + BLOCK_GAP) * cell,
    y: top + row * (rows + BLOCK_GAP) * cell,
    width: columns * cell,
    height: rows * cell,
  }
}

/** What the blocks of a pool take, its name included. */
export function poolRect(place: PoolPlace, cell: number): Rect {
  const down = Math.ceil(place.blocks.length / place.across)
  const across = Math.min(place.blocks.length, place.across)
  return {
    x: place.x,
    y: place.y,
    width: across * (place.columns + BLOCK_GAP) * cell,
    height: place.top - place.y + down * (place.rows + BLOCK_GAP) * cell,
  }
}

/** Where a domain lies on the map; nothing where the map has none of that number. */
export function domainRect({ pools, cell }: Layout, at: number): Rect | undefined {
  const place = pools.find(({ pool }) => at >= pool.offset && at < pool.offset + pool.domains)
  const n = place ? blockAt(place, at) : -1
  const block = place?.blocks[n]
  if (!place || !block) return undefined
  const { x, y } = blockRect(place, n, cell)
  const within = at - block.first
  const [column, row] = [within % place.columns, Math.floor(within / place.columns)]
  return { x: x + column * cell, y: y + row * cell, width: cell, height: cell }
}

/** The place in its pool of the block that holds a domain. */
function blockAt({ blocks }: PoolPlace, at: number): number {
  let [low, high] = [0, blocks.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((blocks[middle]?.first ?? 0) <= at) low = middle
    else high = middle - 1
  }
  return low
}

/** The domain at a point of the map; -1 where there is none. */
export function domainAtPoint({ pools, cell }: Layout, x: number, y: number): number {
  const place = pools.find((one) => contains(one, x, y))
  if (!place || y < place.top) return -1
  const column = Math.floor((x - place.x) / cell / (place.columns + BLOCK_GAP))
  const row = Math.floor((y - place.top) / cell / (place.rows + BLOCK_GAP))
  const n = row * place.across + column
  const block = column < place.across ? place.blocks[n] : undefined
  if (!block) return -1
  const corner = blockRect(place, n, cell)
  const [withinX, withinY] = [Math.floor((x - corner.x) / cell), Math.floor((y - corner.y) / cell)]
  const within = withinY * place.columns + withinX
  return withinX < place.columns && within < block.domains ? block.first + within : -1
}

/** How far from a point the nearest domain is looked for, in cells, and in how many directions. */
const FURTHEST = 40
const DIRECTIONS = 16

/** The domain at a point, or else one near by; -1 where there is none far and wide. */
export function domainNear(layout: Layout, x: number, y: number): number {
  for (let far = 0; far <= FURTHEST; far += 0.5)
    for (let n = 0; n < (far === 0 ? 1 : DIRECTIONS); n++) {
      const angle = (n / DIRECTIONS) * 2 * Math.PI
      const reach = far * layout.cell
      const at = domainAtPoint(layout, x + Math.cos(angle) * reach, y + Math.sin(angle) * reach)
      if (at >= 0) return at
    }
  return -1
}

/** Goes through every block that an area of the map touches. */
export function eachBlockIn(
  { pools, cell }: Layout,
  area: Rect,
  visit: (place: PoolPlace, n: number) => void,
): void {
  for (const place of pools) {
    if (!overlaps(place, area)) continue
    const [wide, high] = [(place.columns + BLOCK_GAP) * cell, (place.rows + BLOCK_GAP) * cell]
    const left = Math.max(0, Math.floor((area.x - place.x) / wide))
    const right = Math.min(place.across - 1, Math.floor((area.x + area.width - place.x) / wide))
    const above = Math.max(0, Math.floor((area.y - place.top) / high))
    const below = Math.floor((area.y + area.height - place.top) / high)
    for (let row = above; row <= below; row++)
      for (let column = left; column <= right; column++) {
        const n = row * place.across + column
        if (n < place.blocks.length) visit(place, n)
      }
  }
}

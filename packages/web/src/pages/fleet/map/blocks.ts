/** Domains of one block, which follow one another, as numbers of the whole fleet. */
export interface Block {
  readonly number: number
  readonly first: number
  readonly domains: number
}

/** A pool cut into its blocks, and the grid in which the domains of any of them lie. */
export interface Blocks {
  readonly blocks: readonly Block[]
  readonly columns: number
  readonly rows: number
}

/** Cuts domains into blocks where the number of the block changes. */
export function blocksOf(block: ArrayLike<number>, offset: number, domains: number): Blocks {
  const blocks: Block[] = []
  let largest = 0
  for (let at = offset; at < offset + domains; ) {
    const number = block[at] ?? 0
    const first = at
    while (at < offset + domains && block[at] === number) at += 1
    blocks.push({ number, first, domains: at - first })
    largest = Math.max(largest, at - first)
  }
  return { blocks, ...gridOf(largest) }
}

/** Twice as wide as high where that comes out even: eight racks are two rows of four. */
function gridOf(domains: number): { readonly columns: number; readonly rows: number } {
  const columns = Math.max(1, Math.ceil(Math.sqrt(domains * 2) - 1e-9))
  const rows = Math.max(1, Math.ceil(domains / columns))
  return { columns: Math.ceil(domains / rows), rows }
}

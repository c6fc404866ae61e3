/** Where a page of numbered things begins: from the start where the cursor is none that we wrote. */
export function readNumberCursor(cursor: string | undefined): number {
  return cursor !== undefined && /^\d{1,15}$/.test(cursor) ? Number(cursor) : 0
}

/** So many of a list from the cursor on, and the cursor of what follows. */
export function pageOfList<Item>(
  all: readonly Item[],
  { cursor, limit }: { readonly cursor?: string; readonly limit: number },
): { readonly items: Item[]; readonly next: string | null } {
  const from = readNumberCursor(cursor)
  const until = from + limit
  return { items: all.slice(from, until), next: until < all.length ? String(until) : null }
}

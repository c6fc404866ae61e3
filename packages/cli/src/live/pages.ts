interface Page<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
}

/** How much is asked for at once. */
const AT_ONCE = 500

/** So many items of a list from its start on, in as many pages as that takes. */
export async function firstOf<Item>(
  most: number,
  pageFrom: (query: { readonly limit: number; readonly cursor?: string }) => Promise<Page<Item>>,
): Promise<{ readonly items: readonly Item[]; readonly more: boolean }> {
  const items: Item[] = []
  let cursor: string | undefined
  do {
    const limit = Math.min(AT_ONCE, most - items.length)
    const page = await pageFrom({ limit, ...(cursor === undefined ? {} : { cursor }) })
    items.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined && items.length < most)
  return { items, more: cursor !== undefined }
}

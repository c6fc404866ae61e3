/** Several streams, each in order of time, as one; of items of one moment those of an earlier stream come first. */
export function* mergeByTime<Item>(
  streams: readonly Iterable<Item>[],
  timeOf: (item: Item) => number,
): Generator<Item> {
  const waiting = streams.map((stream) => {
    const items = stream[Symbol.iterator]()
    return { items, next: items.next() }
  })
  for (;;) {
    let first: (typeof waiting)[number] | undefined
    let firstAt = Number.POSITIVE_INFINITY
    for (const stream of waiting) {
      if (stream.next.done) continue
      const at = timeOf(stream.next.value)
      if (first && at >= firstAt) continue
      first = stream
      firstAt = at
    }
    if (!first || first.next.done) return
    yield first.next.value
    first.next = first.items.next()
  }
}

/** Several streams, each in order of time, as one; of items of one moment those of an earlier stream come first. */
export function* mergeByTime<Item>(
  streams: readonly Iterable<Item>[],
  timeOf: (item: Item) => number,
): Generator<Item> {
  const sources = streams.map((stream) => stream[Symbol.iterator]())
  const heads: IteratorResult<Item>[] = sources.map((source) => source.next())
  const times = heads.map((head) => (head.done ? Number.POSITIVE_INFINITY : timeOf(head.value)))
  for (;;) {
    const first = indexOfLeast(times)
    const source = sources[first]
    const head = heads[first]
    if (!source || !head || head.done) return
    yield head.value
    const next = source.next()
    heads[first] = next
    times[first] = next.done ? Number.POSITIVE_INFINITY : timeOf(next.value)
  }
}

/** The first of them where several are least. */
function indexOfLeast(values: readonly number[]): number {
  let least = 0
  for (let i = 1; i < values.length; i++) if ((values[i] as number) < (values[least] as number)) least = i
  return least
}

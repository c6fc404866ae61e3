/** A colour of the palette for each provider, the same on every chart of a page: by the order of their names. */
export function providerColors(providers: Iterable<string>): ReadonlyMap<string, number> {
  return new Map([...new Set(providers)].sort().map((name, index) => [name, index]))
}

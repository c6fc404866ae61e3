/** A text of an address by its name; nothing where it is none, so that a broken address shows the page without it. */
export function textIn<Name extends string>(
  given: Record<string, unknown>,
  name: Name,
): { readonly [name in Name]?: string } {
  const value = given[name]
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && text !== '' ? ({ [name]: text } as { [name in Name]?: string }) : {}
}

/** One of some words of an address by its name; nothing where it is none of them. */
export function wordIn<Name extends string, Word extends string>(
  given: Record<string, unknown>,
  name: Name,
  words: readonly Word[],
): { readonly [name in Name]?: Word } {
  const value = words.find((word) => word === given[name])
  return value === undefined ? {} : ({ [name]: value } as { [name in Name]?: Word })
}

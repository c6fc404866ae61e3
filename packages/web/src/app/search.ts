/** A text of an address by its name; nothing where it is none, so that a broken address shows the page without it. */
export function textIn<Name extends string>(
  given: Record<string, unknown>,
  name: Name,
): { readonly [name in Name]?: string } {
  const value = given[name]
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && text !== '' ? ({ [name]: text } as { [name in Name]?: string }) : {}
}

/** What no text that is stored holds: NUL, which no database takes in a text, and halves of characters, which are no UTF-8. */
const NO_TEXT = /\0|\p{Cs}/u

/** Far deeper than anything that the API takes, and far from where a walk by recursion runs out of stack. */
const DEEPEST = 100

/** What of a request cannot be kept as it is, and where. */
export interface Unstorable {
  readonly path: readonly string[]
  readonly message: string
}

/** The first part of what was sent that cannot be kept; nothing where all of it can. */
export function unstorableIn(value: unknown, path: readonly string[] = []): Unstorable | undefined {
  if (typeof value === 'string')
    return NO_TEXT.test(value) ? { path, message: 'holds NUL, or half of a character' } : undefined
  if (typeof value !== 'object' || value === null) return undefined
  if (path.length === DEEPEST) return { path: path.slice(0, 3), message: `is nested deeper than ${DEEPEST}` }
  for (const [name, part] of Object.entries(value)) {
    if (NO_TEXT.test(name)) return { path, message: 'has a name that holds NUL, or half of a character' }
    const found = unstorableIn(part, [...path, name])
    if (found) return found
  }
  return undefined
}

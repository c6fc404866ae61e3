/** Where a page ended, of rows that are ordered by a moment and, within it, by id. */
interface TimeCursor {
  readonly at: number
  readonly id: string
}

export function writeCursor({ at, id }: TimeCursor): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url')
}

/** Nothing for one that we did not write: then the list begins from its start. */
export function readCursor(text: string | undefined): TimeCursor | undefined {
  if (text === undefined) return undefined
  try {
    const [at, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    return Number.isSafeInteger(at) && typeof id === 'string' ? { at, id } : undefined
  } catch {
    return undefined
  }
}

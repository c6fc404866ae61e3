import { distance } from 'fastest-levenshtein'

/** The known name that is most like the one written, if any is like it at all. */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  const plain = written.toLowerCase()
  let best: { name: string; edits: number } | undefined
  for (const name of known) {
    const edits = distance(plain, name.toLowerCase())
    if (best === undefined || edits < best.edits) best = { name, edits }
  }
  if (best === undefined) return undefined
  const isAlike = best.edits <= Math.max(2, Math.ceil(best.name.length / 3))
  return isAlike ? best.name : undefined
}

/** `, did you mean 'x'?`, or nothing. */
export function suggestion(written: string, known: Iterable<string>): string {
  const name = nearest(written, known)
  return name === undefined ? '' : `, did you mean '${name}'?`
}

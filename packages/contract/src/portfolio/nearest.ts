import { distance } from 'fastest-levenshtein'

const SHORTEST_PART = 3

/** The known name that is most like the one written, if any is like it at all. */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  const plain = written.toLowerCase()
  let best: { name: string; edits: number } | undefined
  for (const name of known) {
    const edits = distance(plain, name.toLowerCase())
    if (isAlike(plain, name.toLowerCase(), edits) && (best === undefined || edits < best.edits))
      best = { name, edits }
  }
  return best?.name
}

/** `, did you mean 'x'?`, or nothing. */
export function suggestion(written: string, known: Iterable<string>): string {
  const name = nearest(written, known)
  return name === undefined ? '' : `, did you mean '${name}'?`
}

/** Few letters differ, or one is a part of the other. */
function isAlike(a: string, b: string, edits: number): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return (
    edits <= Math.max(2, Math.ceil(b.length / 3)) || (short.length >= SHORTEST_PART && long.includes(short))
  )
}

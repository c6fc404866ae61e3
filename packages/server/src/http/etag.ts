import { Problem } from '../problem.ts'

/** The ETag of what counts its versions. */
export function etagOf(version: number): string {
  return `"${version}"`
}

/** Fails with `stale` where what is there is no longer what was read. */
export function requireMatch(match: string | undefined, version: number): void {
  const read = match?.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (!read || read.includes('*') || read.includes(etagOf(version))) return
  throw new Problem('stale', `it is at version ${version} by now`)
}

import { Problem } from '../problem.ts'

/** The ETag of what counts its versions. */
export function etagOf(version: number): string {
  return `"${version}"`
}

/** Fails with `stale` where what is there is no longer what was read. */
export function requireMatch(match: string | undefined, version: number): void {
  requireTag(match, etagOf(version), `it is at version ${version} by now`)
}

/** Fails with `stale` where the ETag of what is there is none of those that were read. */
export function requireTag(match: string | undefined, tag: string, detail: string): void {
  const read = match?.split(',').map((one) => one.trim().replace(/^W\//, ''))
  if (!read || read.includes('*') || read.includes(tag)) return
  throw new Problem('stale', detail)
}

/** A moment as the API writes it. */
export function isoOf(at: number): string {
  return new Date(at).toISOString()
}

export function isoOrNull(at: number | null): string | null {
  return at === null ? null : isoOf(at)
}

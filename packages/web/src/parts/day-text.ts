/** The day of a moment as the API reads it, UTC: `2026-11-24`. */
export function dayText(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

import type { KnownNames } from '../../parts/editor/yaml-suggestions.ts'

const DAY_MS = 86_400_000

/** A window to begin with: tomorrow night, of names that are there. */
export function exampleWindow(
  { tenant = [], hardware = [] }: KnownNames,
  of: string | undefined,
  now: number,
): string {
  const there = hardware.filter((name) => name !== 'slot')
  const day = (days: number): string => new Date(now + days * DAY_MS).toISOString().slice(0, 10)
  return `id: night-run
tenant: ${of ?? tenant.at(-1) ?? 'my-team'}
members: 1
acceleratorsPerMember: 8
accepts: [${(there.length > 0 ? there.slice(0, 2) : ['h100']).join(', ')}]
start: ${day(1)}T20:00Z
until: ${day(2)}T06:00Z
lends: true
`
}

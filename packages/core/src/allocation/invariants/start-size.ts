import type { Role } from '../../demand/gang.ts'

/** With how many members a role starts, and how fast it is then: an elastic one at its smallest size, whatever it grows to. */
export function startSize({ members, elastic }: Role): { readonly members: number; readonly speed: number } {
  return elastic?.sizes[0] ?? { members, speed: 1 }
}

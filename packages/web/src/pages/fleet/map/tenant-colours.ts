import type { FleetState } from './fleet-state.ts'

/** Of the colours for tenants, the one that all share who have none of their own. */
export const OTHER_TENANTS = 7

/** Which colour each tenant has: those that hold most have one of their own, by the order of their names; the rest share one. */
export class TenantColours {
  readonly #colours = new Map<string, number>()

  /** A tenant keeps its colour, whoever comes to hold more. */
  learn(state: FleetState): void {
    const held = heldByTenant(state)
    const free = OTHER_TENANTS - this.#colours.size
    const newcomers = [...held.keys()]
      .filter((tenant) => !this.#colours.has(tenant))
      .sort((a, b) => (held.get(b) ?? 0) - (held.get(a) ?? 0))
      .slice(0, Math.max(0, free))
      .sort()
    for (const tenant of newcomers) this.#colours.set(tenant, this.#colours.size)
  }

  of(tenant: string | undefined): number {
    return this.#colours.get(tenant ?? '') ?? OTHER_TENANTS
  }

  /** Those with a colour of their own, in the order of the colours. */
  get named(): readonly string[] {
    return [...this.#colours.keys()]
  }
}

function heldByTenant({ tenants, columns, domains }: FleetState): Map<string, number> {
  const sums = tenants.map(() => 0)
  for (let at = 0; at < domains; at++) {
    const place = columns.tenant[at] ?? -1
    if (place >= 0) sums[place] = (sums[place] ?? 0) + (columns.held[at] ?? 0)
  }
  return new Map(tenants.flatMap((tenant, n) => ((sums[n] ?? 0) > 0 ? [[tenant, sums[n] ?? 0]] : [])))
}

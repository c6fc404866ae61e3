import type { Tenant } from '@offtake/core/demand/tenant'
import { type Actor, seesAll } from './actor.ts'

/** The tenants that there are, as the allocator was told them last; nobody where anyone may submit. */
export type Tenants = () => readonly Tenant[]

/** A tenant and all that are below it. */
export function tenantsFrom(top: string, all: readonly Tenant[]): readonly string[] {
  const below = childrenIn(all)
  const found = [top]
  // The list grows while it is walked; a tenant is below one other at most, so that nobody comes twice.
  for (const tenant of found) found.push(...(below.get(tenant) ?? []))
  return found
}

/** Whether somebody may see what is this tenant's. */
export function sees(actor: Actor, tenant: string, tenants: Tenants): boolean {
  if (seesAll(actor) || actor.tenant === tenant) return true
  return actor.tenant !== undefined && tenantsFrom(actor.tenant, tenants()).includes(tenant)
}

const remembered = new WeakMap<readonly Tenant[], ReadonlyMap<string, readonly string[]>>()

/** Worked out once for each list: the allocator makes a new one where tenants change. */
function childrenIn(all: readonly Tenant[]): ReadonlyMap<string, readonly string[]> {
  const known = remembered.get(all)
  if (known) return known
  const children = new Map<string, string[]>()
  for (const { id, parent } of all)
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), id])
  remembered.set(all, children)
  return children
}

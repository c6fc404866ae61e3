import type { Role } from '@offtake/contract/api/role'
import type { Route } from '@offtake/contract/api/route'

/** Who asks. */
export interface Actor {
  /** As the journal names them. */
  readonly id: string
  readonly roles: readonly Role[]
  /** Of a tenant: it sees and changes what is its own and of the tenants below it, and nothing else. */
  readonly tenant?: string
  /** Until when the token is good by which it is known. */
  readonly expiresAt?: number
}

/** Who asks where nobody need say who they are. */
export const ANYBODY: Actor = { id: 'anybody', roles: [] }

export function may(actor: Actor, { may: allowed }: Pick<Route, 'may'>): boolean {
  if (allowed === 'anybody' || actor.roles.includes('admin')) return true
  return actor.roles.some((role) => allowed.includes(role))
}

/** Whether somebody sees all there is, and not only what is a tenant's. */
export function seesAll({ roles, tenant }: Actor): boolean {
  return tenant === undefined && !roles.includes('tenant')
}

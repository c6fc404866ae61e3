/** What somebody may do. An admin may do all of it. */
export const ROLES = ['viewer', 'operator', 'planner', 'finance', 'approver', 'tenant', 'admin'] as const

export type Role = (typeof ROLES)[number]

/** Those who see the whole of it; a tenant sees its own. */
export const READERS: readonly Role[] = ['viewer', 'operator', 'planner', 'finance', 'approver']

/** Those who run what is there, and tenants for what is theirs. */
export const OPERATORS_AND_TENANTS: readonly Role[] = ['operator', 'tenant']

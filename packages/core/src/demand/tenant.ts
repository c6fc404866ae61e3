/** Who asks. Tenants form a tree; a tenant without a parent is at the top. */
export interface Tenant {
  readonly id: string
  readonly name: string
  readonly parent?: string
  /** What is the tenant's own, by pool; what it leaves idle may be lent. */
  readonly quotas: readonly Quota[]
  /** The most it may hold beyond its own, by pool; no limit where absent, nothing where 0. */
  readonly borrowLimit?: number
}

/** Accelerators of one pool, or of all pools together where `pool` is `*`. */
export interface Quota {
  readonly pool: string
  readonly accelerators: number
}

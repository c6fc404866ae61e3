export interface ServedTables {
  readonly service: ServiceRow
}

/** A service that was applied. */
export interface ServiceRow {
  readonly id: string
  readonly tenant: string
  /** JSON of what was asked for, once it had been checked and read. */
  readonly spec: string
  readonly changed_at: number
}

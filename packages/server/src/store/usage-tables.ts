export interface UsageTables {
  readonly usage_span: UsageSpanRow
}

/** What a gang holds of one pool, in one stretch of a stay. */
export interface UsageSpanRow {
  readonly gang: string
  readonly stay: number
  /** Tells apart the pools of one stay, and what it held before and after a change of size or place. */
  readonly n: number
  readonly tenant: string
  readonly pool: string
  /** Thousandths of accelerators. */
  readonly milli: number
  readonly started_at: number
  /** Absent while it holds. */
  readonly ended_at: number | null
}

/** How a pool is kept up: what stands by for nodes that fail, and what becomes of those that fail again and again. */
export interface Upkeep {
  /** Nodes of each domain that stand by, less those of it that are out of service. */
  readonly sparesPerDomain?: number
  readonly offenders?: OffenderRule
}

/** A node that failed so often within a span is kept out for longer than its repair takes. */
export interface OffenderRule {
  readonly failures: number
  readonly withinMs: number
  readonly keepOutForMs: number
}

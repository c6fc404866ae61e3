/** What a tenant with all below it, or a piece of work, may spend in each calendar month, quarter or year. Plain JSON data. */
export interface BudgetPlan {
  /** Whole micro-units in text, since JSON has no exact numbers of that size. */
  readonly micros: string
  readonly per: 'month' | 'quarter' | 'year'
  readonly kind: BudgetKind
}

/**
 * limit: nothing starts that would exceed it by what it is expected to cost · brake: while it is spent faster than its time
 * passes, only capacity that costs nothing more is used. Neither stops what runs.
 */
export type BudgetKind = 'limit' | 'brake'

/** The tables of the portfolio and of what follows from it. */
export interface PortfolioTables {
  readonly portfolio_version: PortfolioVersionRow
  readonly portfolio_file: PortfolioFileRow
  readonly machine_stock: MachineStockRow
  readonly portfolio_told: PortfolioToldRow
  readonly approval: ApprovalRow
}

/** A version of the portfolio as a whole. */
export interface PortfolioVersionRow {
  readonly version: number
  readonly at: number
  readonly actor: string
  readonly approved_by: string | null
  readonly action: string
  readonly target: string
  readonly digest: string
}

export interface PortfolioFileRow {
  readonly path: string
  readonly version: number
  /** Null where the file was removed. */
  readonly text: string | null
  /** Whether it begins with a byte order mark, which is no part of `text`. */
  readonly has_mark: boolean
  readonly superseded_by: number | null
}

export interface MachineStockRow {
  readonly n: number
  readonly pool: string
  readonly source: string
  readonly shape: string
  readonly first_node: number
  readonly count: number
}

export interface PortfolioToldRow {
  readonly what: string
  readonly digest: string
}

/** A change that waits for a second person, or waited. */
export interface ApprovalRow {
  readonly id: string
  readonly asked_at: number
  readonly asked_by: string
  readonly action: string
  readonly target: string
  /** JSON of the list of reasons. */
  readonly reasons: string
  /** JSON of the list of files, each with its new text and the version that it had. */
  readonly changes: string
  readonly state: 'waiting' | 'approved' | 'rejected'
  readonly decided_at: number | null
  readonly decided_by: string | null
  readonly note: string | null
}

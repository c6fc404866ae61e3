/** The tables of the portfolio and of what follows from it. */
export interface PortfolioTables {
  readonly portfolio_version: PortfolioVersionRow
  readonly portfolio_file: PortfolioFileRow
  readonly machine_stock: MachineStockRow
  readonly portfolio_told: PortfolioToldRow
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

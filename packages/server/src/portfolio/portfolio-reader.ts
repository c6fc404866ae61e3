import type { Portfolio } from '@offtake/core/simulation/portfolio'
import type { Kysely } from 'kysely'
import type { Tables } from '../store/tables.ts'
import { checkedPortfolio } from './checked-portfolio.ts'
import { currentFiles, currentVersion, type FileSet } from './portfolio-store.ts'

/** The portfolio for those who look: files are read again where there is another version only. */
export class PortfolioReader {
  readonly #db: Kysely<Tables>
  #kept: FileSet | undefined

  constructor(db: Kysely<Tables>) {
    this.#db = db
  }

  async files(): Promise<FileSet> {
    const { version, digest } = await currentVersion(this.#db)
    const kept = this.#kept
    if (kept?.version === version && kept.digest === digest) return kept
    const read = await currentFiles(this.#db)
    this.#kept = read
    return read
  }

  /** Nothing where there is no portfolio yet. */
  async read(): Promise<{ readonly set: FileSet; readonly portfolio: Portfolio } | undefined> {
    const set = await this.files()
    return set.version === 0 ? undefined : { set, portfolio: checkedPortfolio(set.files, set.digest) }
  }
}

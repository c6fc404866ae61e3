import { Alarm } from '@offtake/adapters/alarm'
import { instant } from '@offtake/core/base/instant'
import { bookingCommands } from '@offtake/core/simulation/bookings'
import type { Kysely } from 'kysely'
import { digestOf } from '../digest.ts'
import type { Engine } from '../engine/engine.ts'
import { offer } from '../engine/offer.ts'
import { hasNewPortfolio } from '../portfolio/change.ts'
import { checkedPortfolio } from '../portfolio/checked-portfolio.ts'
import { currentFiles } from '../portfolio/portfolio-store.ts'
import type { Tables } from '../store/tables.ts'

/** Books the windows that the portfolio states, each once, as far as they are to come: one that was cancelled stays so. */
export class PortfolioWindows {
  readonly #engine: Engine
  readonly #db: Kysely<Tables>
  readonly #clock: () => number
  readonly #stopListening: () => void
  readonly #alarm = new Alarm(() => this.#bookAll())

  constructor(engine: Engine, db: Kysely<Tables>, clock: () => number) {
    this.#engine = engine
    this.#db = db
    this.#clock = clock
    this.#stopListening = engine.listen({
      entry: ({ result }) => {
        if (hasNewPortfolio(result)) this.book()
      },
    })
  }

  book(): void {
    this.#alarm.set(0)
  }

  close(): void {
    this.#alarm.close()
    this.#stopListening()
  }

  async #bookAll(): Promise<void> {
    const set = await currentFiles(this.#db)
    if (set.version === 0) return
    const { windows = [], horizon } = checkedPortfolio(set.files, set.digest)
    const toCome = { start: instant(this.#clock() + 1), until: horizon.until }
    for (const stated of windows) {
      const key = `window ${digestOf(JSON.stringify(stated))}`
      // What the fleet cannot keep, or the tenant may not book, is tried again with the next portfolio.
      for (const { command } of bookingCommands([stated], toCome))
        if (command.kind === 'bookWindow')
          await offer(this.#engine, { command, actor: 'portfolio', key, asked: key })
    }
  }
}

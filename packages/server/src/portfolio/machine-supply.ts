import { Alarm } from '@offtake/adapters/alarm'
import type { FileText } from '@offtake/contract/portfolio/file-texts'
import { type Instant, instant } from '@offtake/core/base/instant'
import type { Kysely } from 'kysely'
import type { Engine } from '../engine/engine.ts'
import type { Tables } from '../store/tables.ts'
import { hasNewPortfolio, PortfolioDesk } from './change.ts'
import { checkedPortfolio } from './checked-portfolio.ts'
import { changesBetween, currentFiles } from './portfolio-store.ts'
import { planSupply, type SupplyPlan, writeSupply } from './supply-change.ts'
import { deliveriesOf, nextChange } from './wanted.ts'

/** Whoever does what the portfolio says by itself. */
const PORTFOLIO = 'portfolio'

/** Lets machines come and go as the portfolio in the database says, when their time has come. */
export class MachineSupply {
  readonly #engine: Engine
  readonly #db: Kysely<Tables>
  readonly #clock: () => number
  readonly #stopListening: () => void
  readonly #alarm = new Alarm(() => this.#settle())

  constructor(engine: Engine, db: Kysely<Tables>, clock: () => number) {
    this.#engine = engine
    this.#db = db
    this.#clock = clock
    this.#stopListening = engine.listen({
      entry: ({ result }) => {
        if (hasNewPortfolio(result)) this.#alarm.set(0)
      },
      recovered: () => this.#alarm.set(0),
    })
  }

  /** Takes in a portfolio where the database has none, and returns when what is due now is there. */
  async start(files: readonly FileText[]): Promise<void> {
    const { version } = await currentFiles(this.#db)
    if (version === 0 && files.length > 0)
      await this.#engine.submit(
        new PortfolioDesk(this.#engine).change({
          actor: PORTFOLIO,
          action: 'portfolioImported',
          target: PORTFOLIO,
          asked: '',
          change: (before) => changesBetween(before.files, files),
        }),
      )
    await this.#settle()
  }

  close(): void {
    this.#alarm.close()
    this.#stopListening()
  }

  /** Makes the allocator have what is wanted now, and looks again when that changes. */
  async #settle(): Promise<void> {
    if (this.#alarm.isClosed) return
    const set = await currentFiles(this.#db)
    if (set.version === 0) return
    const portfolio = checkedPortfolio(set.files, set.digest)
    const { state } = this.#engine.allocator
    const plan = await planSupply(this.#db, portfolio, this.#now(), state)
    if (isWorthDoing(plan))
      await this.#engine.submit({
        actor: PORTFOLIO,
        action: 'machinesCameOrWent',
        target: PORTFOLIO,
        asked: '',
        perform: async (transaction, at) => {
          const { files, digest } = await currentFiles(transaction)
          const wanted = checkedPortfolio(files, digest)
          const now = await planSupply(transaction, wanted, at, this.#engine.allocator.state)
          await writeSupply(transaction, now)
          return { result: null, commands: now.commands }
        },
      })
    const next = nextChange(deliveriesOf(portfolio), this.#now())
    if (next !== undefined) this.#alarm.set(next - this.#clock())
  }

  #now(): Instant {
    return instant(Math.max(this.#clock(), this.#engine.allocator.state.now))
  }
}

function isWorthDoing({ commands, stock }: SupplyPlan): boolean {
  return commands.length > 0 || stock !== undefined
}

import type { FileChange } from '@offtake/contract/api/portfolio-routes'
import type { Engine } from '../engine/engine.ts'
import type { DeskOrder } from '../engine/order.ts'
import { checkedPortfolio } from './checked-portfolio.ts'
import { changed, currentFiles, type FileChanges, type FileSet, writeVersion } from './portfolio-store.ts'
import { planSupply, writeSupply } from './supply-change.ts'

export interface PortfolioChange extends Pick<DeskOrder, 'actor' | 'key' | 'action' | 'target' | 'asked'> {
  /** From what is there to what is to be; what it throws undoes all of it. */
  readonly change: (before: FileSet) => FileChanges
}

/** What a change of the portfolio comes to. */
export interface PortfolioChanged {
  readonly portfolioVersion: number
  readonly changes: readonly FileChange[]
}

export function hasNewPortfolio(result: unknown): result is PortfolioChanged {
  return typeof result === 'object' && result !== null && 'portfolioVersion' in result
}

/** An order that writes the portfolio's next version, whole and checked, and tells the allocator what follows from it. */
export function changePortfolio(engine: Engine, { change, ...order }: PortfolioChange): DeskOrder {
  return {
    ...order,
    perform: async (transaction, at) => {
      const before = await currentFiles(transaction)
      const changes = change(before)
      if (changes.size === 0) return { result: { portfolioVersion: before.version, changes: [] } }
      const portfolio = checkedPortfolio(changed(before.files, changes))
      const { actor, action, target } = order
      const portfolioVersion = await writeVersion(transaction, before, changes, { at, actor, action, target })
      const plan = await planSupply(transaction, portfolio, at, engine.allocator.state)
      await writeSupply(transaction, plan)
      const result: PortfolioChanged = { portfolioVersion, changes: namedChanges(before, changes) }
      const paths = [...changes.keys()].slice(0, MOST_TOLD)
      return { result, detail: { version: portfolioVersion, paths }, commands: plan.commands }
    },
  }
}

/** Paths that the audit shows of a change. */
const MOST_TOLD = 50

function namedChanges({ files }: FileSet, changes: FileChanges): FileChange[] {
  const old = new Set(files.map(({ path }) => path))
  return [...changes].map(([path, text]) => ({
    path,
    change: text === null ? 'removed' : old.has(path) ? 'changed' : 'added',
  }))
}

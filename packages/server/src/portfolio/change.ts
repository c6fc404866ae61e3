import { randomUUID } from 'node:crypto'
import type { FileChange } from '@offtake/contract/api/portfolio-routes'
import type { Instant } from '@offtake/core/base/instant'
import type { Transaction } from 'kysely'
import type { Engine } from '../engine/engine.ts'
import type { DeskOrder, Performed } from '../engine/order.ts'
import { notFound, Problem } from '../problem.ts'
import type { ApprovalRow } from '../store/portfolio-tables.ts'
import type { Tables } from '../store/tables.ts'
import { type HeldFile, hasSecondPerson, heldFiles, isStale, writeApproval } from './approvals.ts'
import { checkedPortfolio } from './checked-portfolio.ts'
import {
  changed,
  currentFiles,
  type FileChanges,
  type FileSet,
  type VersionInfo,
  writeVersion,
} from './portfolio-store.ts'
import { reasonsForTwo } from './second-person.ts'
import { planSupply, writeSupply } from './supply-change.ts'
import { requireSameUpkeep } from './upkeep-change.ts'

export interface PortfolioChange extends Pick<DeskOrder, 'actor' | 'key' | 'action' | 'target' | 'asked'> {
  /** From what is there to what is to be; what it throws undoes all of it. */
  readonly change: (before: FileSet, at: Instant) => FileChanges
}

/** What a change of the portfolio comes to. */
export interface PortfolioChanged {
  readonly portfolioVersion: number
  readonly changes: readonly FileChange[]
}

/** A change that waits for a second person. */
export interface ApprovalAsked {
  readonly approvalId: string
}

export function hasNewPortfolio(result: unknown): result is PortfolioChanged {
  return typeof result === 'object' && result !== null && 'portfolioVersion' in result
}

export interface TwoPersonRules {
  /** Of how many accelerators one person may change the quotas. */
  readonly quotaAbove: number
  /** Whether an issuer vouches for people, so that nobody counts as alone. */
  readonly hasIssuer: boolean
}

/** Paths that the audit shows of a change. */
const MOST_TOLD = 50

/** Makes the orders that change the portfolio: whole and checked, by two persons where one may not decide. */
export class PortfolioDesk {
  readonly #engine: Engine
  readonly #rules: TwoPersonRules

  constructor(engine: Engine, rules: TwoPersonRules = { quotaAbove: 0, hasIssuer: false }) {
    this.#engine = engine
    this.#rules = rules
  }

  /** Its result is a PortfolioChanged, or an ApprovalAsked. */
  change({ change, ...order }: PortfolioChange): DeskOrder {
    const approvalId = randomUUID()
    return {
      ...order,
      perform: async (transaction, at) => {
        const before = await currentFiles(transaction)
        const changes = realChanges(before, change(before, at))
        if (changes.size === 0) return { result: { portfolioVersion: before.version, changes: [] } }
        const { actor, action, target } = order
        const reasons = await this.#reasons(transaction, before, changes, { actor, at })
        if (reasons.length === 0)
          return this.#carryOut(transaction, before, changes, { at, actor, action, target })
        const asked: Omit<ApprovalRow, 'reasons' | 'changes'> = {
          id: approvalId,
          asked_at: at,
          asked_by: actor,
          action,
          target,
          state: 'waiting',
          decided_at: null,
          decided_by: null,
          note: null,
        }
        await writeApproval(transaction, asked, reasons, heldFiles(before, changes))
        const result: ApprovalAsked = { approvalId }
        return { result, action: 'approvalAsked', detail: { approval: approvalId, for: action, reasons } }
      },
    }
  }

  /** Carries out what somebody else asked for, against the files that they saw, or nothing. */
  approval(order: Pick<DeskOrder, 'actor' | 'key'>, id: string): DeskOrder {
    return {
      ...order,
      action: 'approvalGiven',
      target: id,
      asked: id,
      perform: async (transaction, at) => {
        const row = await waitingApproval(transaction, id)
        const { asked_by: askedBy, action, target } = row
        if (askedBy === order.actor)
          throw new Problem('sameActor', `${askedBy} asked for it: somebody else must approve it`)
        const before = await currentFiles(transaction)
        const held: HeldFile[] = JSON.parse(row.changes)
        if (isStale(held, before))
          throw new Problem('stale', 'what it changes has changed since it was asked for: ask for it again')
        await decide(transaction, id, {
          state: 'approved',
          decided_at: at,
          decided_by: order.actor,
          note: null,
        })
        const changes = new Map(held.map(({ path, text }) => [path, text]))
        const info = { at, actor: askedBy, approvedBy: order.actor, action, target }
        const done = await this.#carryOut(transaction, before, changes, info)
        return { ...done, detail: { ...done.detail, askedBy, for: action, of: target } }
      },
    }
  }

  async #reasons(
    transaction: Transaction<Tables>,
    before: FileSet,
    changes: FileChanges,
    { actor, at }: { readonly actor: string; readonly at: Instant },
  ) {
    const after = checkedPortfolio(changed(before.files, changes))
    if (before.version === 0) return []
    const now = checkedPortfolio(before.files, before.digest)
    requireSameUpkeep(now, after, this.#engine.allocator.state)
    const { quotaAbove, hasIssuer } = this.#rules
    const reasons = reasonsForTwo(now, after, quotaAbove)
    if (reasons.length === 0) return []
    return hasIssuer || (await hasSecondPerson(transaction, actor, at)) ? reasons : []
  }

  async #carryOut(
    transaction: Transaction<Tables>,
    before: FileSet,
    changes: FileChanges,
    info: VersionInfo & { readonly at: Instant },
  ): Promise<Performed> {
    const portfolio = checkedPortfolio(changed(before.files, changes))
    const portfolioVersion = await writeVersion(transaction, before, changes, info)
    const plan = await planSupply(transaction, portfolio, info.at, this.#engine.allocator.state)
    await writeSupply(transaction, plan)
    const result: PortfolioChanged = { portfolioVersion, changes: namedChanges(before, changes) }
    const paths = [...changes.keys()].slice(0, MOST_TOLD)
    return { result, detail: { version: portfolioVersion, paths }, commands: plan.commands }
  }
}

/** Rejects a change that waits. */
export function rejection(
  order: Pick<DeskOrder, 'actor' | 'key'>,
  id: string,
  {
    mayDecide,
    note = null,
  }: { readonly mayDecide: (askedBy: string) => boolean; readonly note?: string | null },
): DeskOrder {
  return {
    ...order,
    action: 'approvalRejected',
    target: id,
    asked: JSON.stringify([id, note]),
    perform: async (transaction, at) => {
      const { asked_by: askedBy, action, target } = await waitingApproval(transaction, id)
      if (!mayDecide(askedBy)) throw new Problem('forbidden', 'this needs approver, or to have asked for it')
      await decide(transaction, id, { state: 'rejected', decided_at: at, decided_by: order.actor, note })
      return { result: { approvalId: id }, detail: { askedBy, for: action, of: target } }
    },
  }
}

async function waitingApproval(transaction: Transaction<Tables>, id: string): Promise<ApprovalRow> {
  const row = await transaction.selectFrom('approval').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound('approval', id)
  if (row.state === 'waiting') return row
  throw new Problem('alreadyDecided', `it was ${row.state} by ${row.decided_by}`)
}

async function decide(
  transaction: Transaction<Tables>,
  id: string,
  decision: Pick<ApprovalRow, 'state' | 'decided_at' | 'decided_by' | 'note'>,
): Promise<void> {
  await transaction.updateTable('approval').set(decision).where('id', '=', id).execute()
}

/** A file that would be what it is already gets no version: nobody's copy of it becomes stale, and nobody is asked to approve it. */
function realChanges({ files }: FileSet, changes: FileChanges): FileChanges {
  const now = new Map<string, string | null>(files.map(({ path, text }) => [path, text]))
  return new Map([...changes].filter(([path, text]) => (now.get(path) ?? null) !== text))
}

function namedChanges({ files }: FileSet, changes: FileChanges): FileChange[] {
  const old = new Set(files.map(({ path }) => path))
  return [...changes].map(([path, text]) => ({
    path,
    change: text === null ? 'removed' : old.has(path) ? 'changed' : 'added',
  }))
}

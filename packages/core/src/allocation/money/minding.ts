import type { Instant } from '../../base/instant.ts'
import type { Gang } from '../../demand/gang.ts'
import type { Tenant } from '../../demand/tenant.ts'
import type { GangState } from '../gang-state.ts'
import type { WaitingQueue } from '../queue.ts'
import { type Kind, kindOf, newKind, type Shape } from '../shape.ts'
import type { MindingGangs } from './minding-gangs.ts'
import { MoneyLedger } from './money-ledger.ts'
import type { Terms } from './terms.ts'

/** Gangs mind money that say so themselves, or draw on a budget. */
export function mindsMoney(money: MoneyLedger | undefined, gang: Gang): boolean {
  return gang.spending !== undefined || (money?.budgets.of(gang).length ?? 0) > 0
}

/** Those for whom money decides, too, are each of a kind of its own: what is refused to one tells nothing of others. */
export function kindFor(money: MoneyLedger | undefined, gang: Gang, shape: Shape): Kind {
  return mindsMoney(money, gang) ? newKind(shape, gang.tenant) : kindOf(shape, gang.tenant, gang.spread)
}

/** What of the allocator's state has to do with money. */
interface MoneyState {
  money: MoneyLedger | undefined
  readonly tenants: readonly Tenant[]
  readonly gangs: { values(): Iterable<GangState> }
  readonly queue: WaitingQueue
  readonly minding: MindingGangs
}

/** Running totals of what the terms before name too go on. */
export function setTerms(state: MoneyState, terms: Terms, at: Instant): void {
  const before = state.money
  before?.countUntil(at)
  const ledger = new MoneyLedger(terms, state.tenants, at)
  if (before) ledger.goOnFrom(before.totals())
  for (const gang of state.gangs.values()) if (gang.running) ledger.hold(gang, at, 1)
  state.money = ledger
  remind(state)
}

/** Takes in another tree of tenants, by which gangs draw on budgets. */
export function noteTenants(state: MoneyState, at: Instant): void {
  if (!state.money) return
  state.money.setTenants(state.tenants, state.gangs.values(), at)
  remind(state)
}

export function enqueue({ queue, minding }: MoneyState, gang: GangState): void {
  queue.add(gang)
  minding.add(gang)
}

export function dequeue({ queue, minding }: MoneyState, gang: GangState): void {
  queue.remove(gang)
  minding.remove(gang)
}

/** Finds anew who minds money; nothing is known any more of where they were accepted. */
function remind(state: MoneyState): void {
  for (const gang of state.gangs.values()) {
    gang.accepted = undefined
    const minds = mindsMoney(state.money, gang.gang)
    if (minds === gang.mindsMoney) continue
    if (!gang.running) dequeue(state, gang)
    gang.mindsMoney = minds
    gang.kind = kindFor(state.money, gang.gang, gang.shape)
    if (!gang.running) enqueue(state, gang)
  }
}

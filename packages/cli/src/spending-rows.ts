import { formatCount } from '@offtake/contract/text/format-number'
import { sumText } from '@offtake/contract/text/money-text'
import { formatDate, HOUR_MS } from '@offtake/core/base/instant'
import { nothing, total } from '@offtake/core/base/money'
import { chargesWithin } from '@offtake/core/cost/charge'
import type { RunResult } from '@offtake/core/simulation/run-result'

/** What was spent where, and of which budgets: nothing where no decision depends on what time costs. */
export function spendingRows(result: RunResult): string[][] {
  const { budgets } = result
  if (!budgets) return []
  const open = budgets.filter(({ until }) => until > result.portfolio.window.start)
  return [['spent', spentText(result)], ...open.map((budget) => ['budget', budgetText(budget)])]
}

/** What the loss of spot capacity did; nothing where there is none that is taken back. */
export function spotRows({ spotLosses }: RunResult): string[][] {
  if (!spotLosses) return []
  const { nodes, gangsStopped, lostHours } = spotLosses
  const [times, gangs] = [
    `${formatCount(nodes)} ${nodes === 1 ? 'node' : 'nodes'}`,
    formatCount(gangsStopped),
  ]
  return [
    [
      'spot',
      `${times} taken back, ${gangs} ${gangsStopped === 1 ? 'gang' : 'gangs'} stopped, ${formatCount(Math.round(lostHours))} accelerator-hours of work lost`,
    ],
  ]
}

const KINDS = [
  ['committed', 'use'],
  ['spot', 'spot'],
  ['on demand', 'onDemand'],
] as const

function spentText({ charged, portfolio: { window, currency } }: RunResult): string {
  const used = chargesWithin(charged.charges, window).filter(({ start }) => start >= window.start)
  const parts = KINDS.flatMap(([name, kind]) => {
    const ofKind = used.filter((charge) => charge.kind === kind)
    if (ofKind.length === 0) return []
    const sum = total([nothing(currency), ...ofKind.map(({ amount }) => amount)], currency)
    const ms = ofKind.reduce((time, charge) => time + (charge.used ?? 0n), 0n)
    return [`${sumText(sum)} ${name} for ${formatCount(Math.round(Number(ms) / HOUR_MS))} accelerator-hours`]
  })
  return parts.length > 0 ? parts.join('; ') : 'nothing'
}

function budgetText(budget: NonNullable<RunResult['budgets']>[number]): string {
  const { budgetId, kind, start, until, spent, amount } = budget
  return `${budgetId}: ${sumText(spent)} of ${sumText(amount)} spent from ${formatDate(start)} to ${formatDate(until)} (${kind})`
}

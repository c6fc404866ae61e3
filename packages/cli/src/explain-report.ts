import { causeText, changeText, etaText, spanText } from '@offtake/contract/explain/wait-text'
import { formatCount, formatHours } from '@offtake/contract/text/format-number'
import type { Part } from '@offtake/core/allocation/events'
import type { WaitCause } from '@offtake/core/allocation/explain/cause'
import type { Explanation, Waiting } from '@offtake/core/allocation/explain/explain'
import type { Offer } from '@offtake/core/allocation/explain/offer'
import type { OfferedPlan } from '@offtake/core/allocation/moves/plan-moves'
import { formatInstant, HOUR_MS, type Instant } from '@offtake/core/base/instant'
import type { Output } from './output.ts'
import { fitted, outputWidth } from './text/text-width.ts'

/** What is said of a gang: what the allocator knows, or what the trace knows of one that is not there yet or no more. */
export type Answer =
  | Exclude<Explanation, { kind: 'ended' }>
  | { readonly kind: 'ended'; readonly at: Instant }
  | { readonly kind: 'notSubmitted'; readonly submitted: Instant }

/** Holders that the table shows; the JSON document has all. */
const SHOWN_MOST = 12

export function printExplanation(gang: string, at: Instant, answer: Answer, output: Output): void {
  if (output.json) return output.document(documentOf(gang, at, answer))
  switch (answer.kind) {
    case 'notSubmitted':
      return output.paragraph(`${gang} is not submitted before ${formatInstant(answer.submitted)}.`)
    case 'ended':
      return output.paragraph(`${gang} ended at ${formatInstant(answer.at)}.`)
    case 'running': {
      const where = answer.parts.map(
        ({ poolId, runs }) => `${poolId} on nodes ${runs.map(nodesText).join(', ')}`,
      )
      const until = `${answer.hasLimit ? 'until' : 'typically until'} ${formatInstant(answer.until)}${answer.hasLimit ? ' at the latest' : ''}`
      return output.paragraph(
        `${gang} runs in ${where.join('; ')}, since ${formatInstant(answer.since)}, ${until}.`,
      )
    }
    case 'waiting':
      return printWaiting(gang, at, answer, output)
    case 'unknown':
      return output.paragraph(`${gang} is not known.`)
  }
}

function printWaiting(gang: string, at: Instant, waiting: Waiting, output: Output): void {
  const { since, pools, holders, offers } = waiting
  output.paragraph(`${gang} waits since ${formatInstant(since)}: ${spanText(at - since)} so far.`)
  output.print('')
  const why = fitted(
    {
      head: ['pool', 'why it does not start there'],
      rows: pools.map(({ poolId, cause }) => [poolId, causeText(cause)]),
    },
    outputWidth(),
  )
  output.table(why.head, why.rows)
  output.print('')
  output.paragraph(etaText(waiting, at))
  if (holders.length > 0) printHolders(holders, output)
  output.print('')
  if (waiting.moves) printMoves(waiting.moves, output)
  if (offers.length === 0) return output.paragraph('None of the changes that were tried would start it now.')
  output.paragraph('Each of these was tried, and would start it now; the first takes least away from it:')
  for (const { change } of offers) output.print(`  - ${changeText(change)}`)
}

function printHolders(holders: Waiting['holders'], output: Output): void {
  const rows = holders
    .slice(0, SHOWN_MOST)
    .map(({ gangId, tenant, accelerators, until }) => [
      gangId,
      tenant,
      formatCount(accelerators),
      formatInstant(until),
    ])
  const head = ['holds its place', 'tenant', 'accelerators', 'until']
  const table = fitted({ head, rows, dispensable: ['tenant'] }, outputWidth())
  output.print('')
  output.table(table.head, table.rows)
  if (holders.length > SHOWN_MOST) output.paragraph(`… and ${formatCount(holders.length - SHOWN_MOST)} more.`)
}

function printMoves({ plan, saved, lost }: OfferedPlan, output: Output): void {
  output.paragraph(
    `It would start now if ${plan.moves.length === 1 ? 'one gang' : `${formatCount(plan.moves.length)} gangs`} moved: that saves ${formatHours(saved / HOUR_MS)} × accelerators of waiting, and costs ${formatHours(lost / HOUR_MS)} × accelerators of work and restarts.`,
  )
  const rows = plan.moves.map(({ gangId, from, to }) => [gangId, partsText(from), partsText(to)])
  output.table(['moves', 'from', 'to'], rows)
}

function partsText(parts: readonly Part[]): string {
  return parts.map(({ poolId, runs }) => `${poolId} ${runs.map(nodesText).join(', ')}`.trim()).join('; ')
}

function nodesText({ first, nodes }: { readonly first: number; readonly nodes: number }): string {
  return nodes === 1 ? `${first}` : `${first}–${first + nodes - 1}`
}

/** Moments as text; what is infinite is null. */
function documentOf(gang: string, at: Instant, answer: Answer): unknown {
  const head = { gang, at: formatInstant(at), state: answer.kind }
  switch (answer.kind) {
    case 'notSubmitted':
      return { ...head, submitted: formatInstant(answer.submitted) }
    case 'ended':
      return { ...head, ended: formatInstant(answer.at) }
    case 'running': {
      const { parts, since, until, hasLimit } = answer
      return { ...head, since: formatInstant(since), until: formatInstant(until), hasLimit, parts }
    }
    case 'waiting':
      return { ...head, ...waitingDocument(answer) }
    case 'unknown':
      return head
  }
}

function waitingDocument({ since, pools, eta, isPromised, holders, offers, moves }: Waiting): object {
  const range = eta?.range && { from: formatInstant(eta.range.from), until: formatInstant(eta.range.until) }
  return {
    since: formatInstant(since),
    pools: pools.map(({ poolId, cause }) => ({ pool: poolId, cause: causeDocument(cause) })),
    eta: eta ? { at: formatInstant(eta.at), range: range ?? null, isPromised } : null,
    holders: holders.map((holder) => ({ ...holder, until: formatInstant(holder.until) })),
    offers: offers.map(({ change }: Offer) => change),
    ...(moves ? { moves: movesDocument(moves) } : {}),
  }
}

function movesDocument({ plan, saved, lost }: OfferedPlan): object {
  return { plan, savedAcceleratorHours: saved / HOUR_MS, lostAcceleratorHours: lost / HOUR_MS }
}

function causeDocument(cause: WaitCause): object {
  const moments = Object.entries(cause).filter(([name]) => ['by', 'start', 'until'].includes(name))
  const asText = moments.map(([name, at]) => [
    name,
    Number.isFinite(at) ? formatInstant(at as Instant) : null,
  ])
  return { ...cause, ...Object.fromEntries(asText) }
}

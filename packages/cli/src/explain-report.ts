import type { WaitCause } from '@offtake/core/allocation/explain/cause'
import type { Explanation, Waiting } from '@offtake/core/allocation/explain/explain'
import type { Change, Offer } from '@offtake/core/allocation/explain/offer'
import { formatInstant, HOUR_MS, type Instant } from '@offtake/core/base/instant'
import { formatCount, formatHours } from './format-number.ts'
import type { Output } from './output.ts'

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
  output.paragraph(`${gang} has waited since ${formatInstant(waiting.since)}.`)
  for (const { poolId, cause } of waiting.pools) output.paragraph(`${poolId}: ${causeText(cause)}.`)
  output.paragraph(etaText(waiting, at))
  const { holders, offers } = waiting
  if (holders.length > 0) {
    const rows = holders
      .slice(0, SHOWN_MOST)
      .map(({ gangId, tenant, accelerators, until }) => [
        gangId,
        tenant,
        formatCount(accelerators),
        formatInstant(until),
      ])
    output.table(['holds its place', 'tenant', 'accelerators', 'until'], rows)
    if (holders.length > SHOWN_MOST)
      output.paragraph(`… and ${formatCount(holders.length - SHOWN_MOST)} more.`)
  }
  if (offers.length === 0) return output.paragraph('None of the changes that were tried would start it now.')
  output.paragraph('Each of these was tried, and would start it now; the first takes least away from it:')
  for (const { change } of offers) output.print(`  - ${changeText(change)}`)
}

function etaText({ eta, isPromised }: Waiting, at: Instant): string {
  if (!eta) return 'It would not start at all, if nothing happened but that others end.'
  const { range } = eta
  const span = range
    ? `; four times of five between ${formatInstant(range.from)} and ${formatInstant(range.until)}`
    : '; too few starts were seen to state a range'
  const promise = isPromised
    ? ' That place is promised to it.'
    : ' No place is promised to it: a gang ahead, or one that comes and may pass, can take it.'
  return `It is expected to start at ${formatInstant(eta.at)}, in ${formatHours((eta.at - at) / HOUR_MS)}${span}.${promise}`
}

function causeText(cause: WaitCause): string {
  switch (cause.kind) {
    case 'neverFits':
      return 'it would not fit even if nothing ran'
    case 'noRoom':
      return `no room: ${cause.free} accelerators are free, it needs ${cause.needed}`
    case 'roomInPieces':
      return `room only in pieces: ${cause.free} accelerators are free, but its members of ${cause.needed} find no nodes`
    case 'topology':
      return `there is room, but not within one ${cause.level}`
    case 'spread':
      return `there is room, but too near to others of its group: they are kept apart over ${cause.over}s`
    case 'quota':
      return `${cause.tenant} has ${cause.ownRoom} of its own free, it needs ${cause.needed} and may not borrow the rest`
    case 'promised':
      return `the room is promised to ${cause.toGangId}${Number.isFinite(cause.start) ? ` from ${formatInstant(cause.start as Instant)} on` : ''}`
    case 'blocked':
      return `nobody may pass ${cause.byGangId ?? 'the one ahead'}, which waits there`
    case 'priority':
      return `${cause.ofGangId ?? 'those that run'} go first by priority or by the policy’s order`
    case 'handOver':
      return `room is kept for it, and handed over by ${formatInstant(cause.by as Instant)}`
  }
}

function changeText(change: Change): string {
  switch (change.kind) {
    case 'topology':
      return change.level === 'pool'
        ? 'members anywhere in the pool'
        : `members within one ${change.level} only`
    case 'pool':
      return `accept ${change.hardware} in ${change.poolId}`
    case 'limit':
      return `a limit of ${formatHours(change.limitMs / HOUR_MS)}`
    case 'accelerators':
      return `${formatCount(change.accelerators)} accelerators`
    case 'priority':
      return `priority ${change.priority}`
    case 'quota':
      return `a quota of ${formatCount(change.accelerators)} in ${change.poolId} for ${change.tenant}`
  }
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

function waitingDocument({ since, pools, eta, isPromised, holders, offers }: Waiting): object {
  const range = eta?.range && { from: formatInstant(eta.range.from), until: formatInstant(eta.range.until) }
  return {
    since: formatInstant(since),
    pools: pools.map(({ poolId, cause }) => ({ pool: poolId, cause: causeDocument(cause) })),
    eta: eta ? { at: formatInstant(eta.at), range: range ?? null, isPromised } : null,
    holders: holders.map((holder) => ({ ...holder, until: formatInstant(holder.until) })),
    offers: offers.map(({ change }: Offer) => change),
  }
}

function causeDocument(cause: WaitCause): object {
  if (cause.kind === 'handOver') return { ...cause, by: formatInstant(cause.by as Instant) }
  if (cause.kind !== 'promised') return cause
  return { ...cause, start: Number.isFinite(cause.start) ? formatInstant(cause.start as Instant) : null }
}

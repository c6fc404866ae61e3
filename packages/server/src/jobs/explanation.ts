import type { ExplanationView } from '@offtake/contract/api/explanation'
import { causeText, changeText, etaText } from '@offtake/contract/explain/wait-text'
import type { WaitCause } from '@offtake/core/allocation/explain/cause'
import type { Explanation, Holder, Waiting } from '@offtake/core/allocation/explain/explain'
import type { Change } from '@offtake/core/allocation/explain/offer'
import type { Instant } from '@offtake/core/base/instant'
import { isoOf, isoOrNull } from '../http/iso.ts'
import type { JobRow } from '../store/tables.ts'

/** Which gangs and tenants the reader may be told of. */
export interface Sight {
  readonly gang: (id: string) => boolean
  readonly tenant: (id: string) => boolean
}

type Known = Omit<ExplanationView, 'job' | 'at'>

function bare(state: Known['state'], sentence: string): Known {
  return { state, sentence, since: null, until: null, pools: [], eta: null, holders: [], offers: [] }
}

/** What is known of a job, as the API tells it. */
export function explanationViewOf(
  job: JobRow,
  explanation: Explanation,
  at: Instant,
  sight: Sight,
): ExplanationView {
  const head = { job: job.id, at: isoOf(at) }
  switch (explanation.kind) {
    case 'running': {
      const { parts, since, until, hasLimit } = explanation
      const where = [...new Set(parts.map(({ poolId }) => poolId))].join(', ')
      const end = `${hasLimit ? 'until' : 'typically until'} ${isoOf(until)}${hasLimit ? ' at the latest' : ''}`
      const sentence = `It runs in ${where} since ${isoOf(since)}, ${end}.`
      return { ...head, ...bare('running', sentence), since: isoOf(since), until: isoOf(until) }
    }
    case 'waiting':
      return { ...head, ...waitingView(explanation, at, sight) }
    case 'ended':
    case 'unknown': {
      const when = isoOrNull(job.ended_at)
      const sentence = when === null ? 'It has ended.' : `It ended as ${job.state} at ${when}.`
      return { ...head, ...bare('ended', sentence) }
    }
  }
}

function waitingView(waiting: Waiting, at: Instant, sight: Sight): Known {
  const { since, pools, eta, isPromised, holders, offers } = waiting
  const causes = pools.map(({ poolId, cause }) => ({ poolId, cause: blurred(cause, sight) }))
  const [first] = causes
  return {
    state: 'waiting',
    sentence: `It waits since ${isoOf(since)}${first ? `: in ${first.poolId} ${causeText(first.cause)}` : ''}.`,
    since: isoOf(since),
    until: null,
    pools: causes.map(({ poolId, cause }) => ({
      pool: poolId,
      cause: cause.kind,
      facts: factsOf(cause),
      sentence: causeText(cause),
    })),
    eta: eta
      ? {
          at: isoOf(eta.at),
          from: isoOrNull(eta.range?.from ?? null),
          until: isoOrNull(eta.range?.until ?? null),
          promised: isPromised,
          sentence: etaText(waiting, at),
        }
      : null,
    holders: holders.map((holder) => holderView(holder, sight)),
    offers: offers.map(({ change }) => ({
      change: change.kind,
      facts: factsOf(change),
      sentence: changeText(change),
    })),
  }
}

function holderView({ gangId, tenant, accelerators, until }: Holder, sight: Sight) {
  const isSeen = sight.tenant(tenant)
  return {
    job: isSeen ? gangId : null,
    tenant: isSeen ? tenant : null,
    accelerators,
    until: isoOf(until),
  }
}

/** Without the names of gangs and tenants that are not the reader's to see. */
function blurred(cause: WaitCause, sight: Sight): WaitCause {
  const nameOf = (id: string): string => (sight.gang(id) ? id : 'another job')
  switch (cause.kind) {
    case 'promised':
      return { ...cause, toGangId: nameOf(cause.toGangId) }
    case 'blocked':
      return { ...cause, byGangId: cause.byGangId === undefined ? undefined : nameOf(cause.byGangId) }
    case 'priority':
    case 'rank':
      return { ...cause, ofGangId: nameOf(cause.ofGangId) }
    case 'window':
      return sight.tenant(cause.tenant)
        ? cause
        : { ...cause, tenant: 'another tenant', windowId: 'its window' }
    default:
      return cause
  }
}

type Facts = ExplanationView['offers'][number]['facts']

const MOMENTS = ['by', 'start', 'until']

/** Moments as texts; what never comes is null. */
function factsOf(said: WaitCause | Change): Facts {
  const facts: Facts = {}
  for (const [name, value] of Object.entries(said)) {
    if (name === 'kind' || value === undefined) continue
    if (MOMENTS.includes(name) && typeof value === 'number')
      facts[name] = Number.isFinite(value) ? isoOf(value) : null
    else facts[name] = typeof value === 'bigint' ? String(value) : value
  }
  return facts
}

import type { PlaceView, StayView } from '@offtake/contract/api/stay'
import type { AllocationState } from '@offtake/core/allocation/allocation-state'
import {
  type AllocationEvent,
  acceleratorsOfPart,
  type NodeRun,
  type Part,
} from '@offtake/core/allocation/events'
import type { FreeIndex } from '@offtake/core/allocation/free-index'
import { type Kysely, sql } from 'kysely'
import { isoOf, isoOrNull } from '../http/iso.ts'
import type { JobRow, Tables } from '../store/tables.ts'

/** When stays of a gang, or parts of them, began and ended. */
export interface Stretch {
  readonly stay: number
  readonly started_at: number
  readonly ended_at: number | null
}

/** Some of them, in order of time, and one more where there are more. */
export async function stretchesOf(
  db: Kysely<Tables>,
  gang: string,
  { from, limit }: { readonly from: number; readonly limit: number },
): Promise<Stretch[]> {
  // Of those that begin at one moment only the last one may go on.
  const { rows } = await sql<Stretch>`
    select stay, started_at, case when bool_or(ended_at is null) then null else max(ended_at) end as ended_at
    from usage_span
    where gang = ${gang}
    group by stay, started_at
    order by started_at, stay
    offset ${from}::bigint
    limit ${limit + 1}::bigint
  `.execute(db)
  return rows
}

type OfGang = Extract<AllocationEvent, { readonly gangId: string }>

/** What the journal has of a gang at these moments, in order. */
export async function eventsAt(
  db: Kysely<Tables>,
  gang: string,
  moments: readonly number[],
): Promise<OfGang[]> {
  if (moments.length === 0) return []
  const { rows } = await sql<{ readonly events: string }>`
    select events from journal
    where at = any(${`{${moments.join()}}`}::bigint[])
      and strpos(events, ${`"gangId":${JSON.stringify(gang)}`}) > 0
    order by seq
  `.execute(db)
  return rows
    .flatMap(({ events }): AllocationEvent[] => JSON.parse(events))
    .filter((event): event is OfGang => 'gangId' in event && event.gangId === gang)
}

const BEGINS = new Set<AllocationEvent['kind']>(['placed', 'resized', 'moved'])
const ENDS = new Set<AllocationEvent['kind']>(['evicted', 'finished', 'cancelled', 'resized', 'moved'])

/** The stretches with where the gang was and why each ended, from the events at their edges. */
export function staysFrom(
  stretches: readonly Stretch[],
  events: readonly OfGang[],
  job: Pick<JobRow, 'state'>,
  state: AllocationState,
): StayView[] {
  return stretches.map(({ stay, started_at: start, ended_at: end }) => {
    // Of several changes at one moment the last one holds.
    const began = events.findLast(({ kind, at }) => at === start && BEGINS.has(kind))
    const since = began ? events.indexOf(began) + 1 : 0
    const over = events.slice(since).find(({ kind, at }) => at === end && ENDS.has(kind))
    const parts = began && 'parts' in began ? began.parts : []
    return {
      stay,
      start: isoOf(start),
      end: isoOrNull(end),
      because: over ? becauseOf(over, job) : null,
      lostSeconds: over && 'lostMs' in over ? over.lostMs / 1_000 : 0,
      places: parts.map((part) => placeOf(part, state)),
    }
  })
}

function becauseOf(over: OfGang, { state }: Pick<JobRow, 'state'>): StayView['because'] {
  switch (over.kind) {
    case 'evicted':
      return over.because
    case 'finished':
      return state === 'failed' ? 'failed' : 'finished'
    case 'cancelled':
    case 'resized':
    case 'moved':
      return over.kind
    default:
      return null
  }
}

function placeOf(part: Part, { poolById }: AllocationState): PlaceView {
  const { role, poolId, runs } = part
  const free = poolById.get(poolId)?.free
  return {
    role,
    pool: poolId,
    accelerators: acceleratorsOfPart(part),
    nodes: joined(runs.map(({ first, nodes }) => ({ first, count: nodes }))),
    domains: free ? joined(runs.map((run) => domainsOf(run, free))) : [],
  }
}

function domainsOf({ first, nodes }: NodeRun, free: FreeIndex): Range {
  const domain = free.domainOf(first)
  return { first: domain, count: free.domainOf(first + nodes - 1) - domain + 1 }
}

interface Range {
  readonly first: number
  readonly count: number
}

/** In order, those that touch or overlap as one. */
function joined(ranges: readonly Range[]): Range[] {
  const all: Range[] = []
  for (const { first, count } of ranges.toSorted((a, b) => a.first - b.first)) {
    const last = all.at(-1)
    if (last && first <= last.first + last.count)
      all[all.length - 1] = { ...last, count: Math.max(last.count, first + count - last.first) }
    else all.push({ first, count })
  }
  return all
}

import { groupBy } from '../base/group.ts'
import { DAY_MS, type Instant, later } from '../base/instant.ts'
import { mergeByTime } from '../base/merge-by-time.ts'
import type { Prng } from '../base/prng.ts'
import type { Span } from '../base/span.ts'
import { type DatedOutage, isMeant, type OutageRate, type PlannedOutage } from '../capacity/outage-plan.ts'
import type { OutageScope } from '../capacity/outage-scope.ts'
import type { TimedCommand } from './simulator.ts'
import type { Delivery } from './supply.ts'

const YEAR_MS = 365.25 * DAY_MS

export interface OutagesInput {
  readonly deliveries: readonly Delivery[]
  readonly outages: readonly PlannedOutage[]
  readonly window: Span
  /** An announcement comes at least so long ahead. */
  readonly noticeMs: number
  readonly chance: Prng
}

/**
 * The outages within the window and their ends, in order of time: those of known dates, and those that are drawn, one after
 * the other. What goes out depends on nothing that the allocator decides.
 */
export function outageCommands({
  deliveries,
  outages,
  window,
  noticeMs,
  chance,
}: OutagesInput): Iterable<TimedCommand> {
  const streams = outages.flatMap((outage, n): Iterable<TimedCommand>[] => {
    if (outage.kind === 'dated') return [dated(outage, `outage ${n + 1}`, window, noticeMs)]
    const stays = staysOf(outage, deliveries)
    const draw = { rate: outage, noticeMs, chance: chance.fork(`${n}`), name: `drawn ${n + 1}` }
    return stays.length === 0 || outage.perYear === 0 ? [] : [drawn(stays, draw)]
  })
  return mergeByTime(streams, ({ at }) => at)
}

function dated(
  { of, start, until, announcedMs }: DatedOutage,
  outageId: string,
  window: Span,
  noticeMs: number,
): TimedCommand[] {
  if (until <= window.start || start >= window.until) return []
  const begins = Math.max(start, window.start) as Instant
  const told = Math.max(window.start, begins - toldAheadMs(announcedMs, noticeMs)) as Instant
  const isTold = announcedMs > 0 && begins - told >= Math.max(1, noticeMs)
  const ends: TimedCommand = { at: until, command: { kind: 'endOutage', outageId } }
  if (!isTold) return [{ at: begins, command: { kind: 'beginOutage', outageId, of } }, ends]
  return [{ at: told, command: { kind: 'drain', outageId, of, by: begins } }, ends]
}

function toldAheadMs(announcedMs: number, noticeMs: number): number {
  return announcedMs > 0 ? Math.max(announcedMs, noticeMs) : 0
}

/** Something that may go out, while it is there. */
interface Stay extends Span {
  readonly of: OutageScope
}

function staysOf(rate: OutageRate, deliveries: readonly Delivery[]): Stay[] {
  const meant = deliveries.filter(({ pool, groups }) => isMeant(rate, pool) && groups.length > 0)
  if (rate.each === 'domain') return domainStays(meant)
  const keyOf = ({ pool }: Delivery): string => (rate.each === 'pool' ? pool.id : pool.provider)
  return [...groupBy(meant, keyOf)].map(([key, brought]) => ({
    of: rate.each === 'pool' ? { kind: 'pool', poolId: key } : { kind: 'provider', provider: key },
    start: Math.min(...brought.map(({ start }) => start)) as Instant,
    until: Math.max(...brought.map(({ until }) => until)) as Instant,
  }))
}

/** Domains are numbered as they come to their pool. */
function domainStays(deliveries: readonly Delivery[]): Stay[] {
  const before = new Map<string, number>()
  return deliveries.flatMap(({ pool, groups, start, until }) => {
    const first = before.get(pool.id) ?? 0
    const domains = groups.reduce((sum, group) => sum + group.domains, 0)
    before.set(pool.id, first + domains)
    return Array.from({ length: domains }, (_, n) => ({
      of: { kind: 'domain' as const, poolId: pool.id, domain: first + n },
      start,
      until,
    }))
  })
}

interface Drawing {
  readonly rate: OutageRate
  readonly noticeMs: number
  readonly chance: Prng
  readonly name: string
}

/** A Poisson process over all that may go out, as if it were always there; what is not there then, or is out, is passed over. */
function* drawn(stays: readonly Stay[], { rate, noticeMs, chance, name }: Drawing): Generator<TimedCommand> {
  const start = Math.min(...stays.map((stay) => stay.start))
  const until = Math.max(...stays.map((stay) => stay.until))
  const meanGapMs = YEAR_MS / (rate.perYear * stays.length)
  const aheadMs = toldAheadMs(rate.announcedMs, noticeMs)
  const gone = new Set<Stay>()
  let ends: { readonly at: Instant; readonly outageId: string; readonly stay: Stay }[] = []
  const endsBy = function* (at: number): Generator<TimedCommand> {
    for (; ends[0] && ends[0].at <= at; ends = ends.slice(1)) {
      gone.delete(ends[0].stay)
      yield { at: ends[0].at, command: { kind: 'endOutage', outageId: ends[0].outageId } }
    }
  }
  let count = 0
  for (let exact = start - meanGapMs * Math.log(1 - chance.next()); exact < until; ) {
    const at = Math.floor(exact) as Instant
    const stay = stays[chance.below(stays.length)] as Stay
    yield* endsBy(at)
    if (at >= stay.start && at < stay.until && !gone.has(stay)) {
      const told = { outageId: `${name} #${++count}`, of: stay.of }
      const begins = later(at, aheadMs)
      if (aheadMs > 0) yield { at, command: { kind: 'drain', ...told, by: begins } }
      else yield { at, command: { kind: 'beginOutage', ...told } }
      gone.add(stay)
      ends.push({ at: later(begins, rate.lastsMs), outageId: told.outageId, stay })
    }
    exact -= meanGapMs * Math.log(1 - chance.next())
  }
  yield* endsBy(Number.POSITIVE_INFINITY)
}

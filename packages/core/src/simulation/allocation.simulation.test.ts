import { expect, test } from 'vitest'
import { KEPT_SEEDS } from '../testing/simulation-seeds.ts'
import type { Breach } from './histories/breach.ts'
import { drawHistory } from './histories/draw-history.ts'
import { playHistory } from './histories/play-history.ts'

// A seed that fails is played alone, and its history shortened, by `npm run simulate -- SEED`.
const FIFTIES = Array.from({ length: 20 }, (_, n) => n * 50)
const seen = new Set<string>()

function breachesOf(seed: number): { seed: number; breaches: readonly Breach[] }[] {
  const { events, breaches } = playHistory(drawHistory(seed))
  for (const event of events) seen.add('because' in event ? `${event.kind} ${event.because}` : event.kind)
  return breaches.length > 0 ? [{ seed, breaches }] : []
}

test.each(FIFTIES)('the fifty histories from seed %i on break no rule', (first) => {
  const seeds = Array.from({ length: 50 }, (_, n) => first + n)
  expect(seeds.flatMap(breachesOf)).toEqual([])
})

test('the histories that once broke a rule break none any more', () => {
  expect(KEPT_SEEDS.flatMap(breachesOf)).toEqual([])
})

const EVERYTHING = [
  'cancelled',
  'drainBegan',
  'evicted drained',
  'evicted forWindow',
  'evicted nodeFailed',
  'evicted nodesRemoved',
  'evicted outage',
  'evicted preempted',
  'evicted reclaimed',
  'evicted spotLost',
  'finished',
  'handOverDropped',
  'handOverPlanned',
  'leaveAsked',
  'moved',
  'nodeDegraded',
  'nodeFailed',
  'nodeKeptOut',
  'nodeReadmitted',
  'nodeReturned',
  'nodesAdded',
  'nodesRemoved',
  'outageBegan',
  'outageBegan spotLost',
  'outageEnded',
  'outlasted',
  'paceChanged',
  'placed',
  'poolOpened',
  'reclaimAsked',
  'reclaimDropped',
  'refused alreadyEnded',
  'refused beyondItsRight',
  'refused duplicateOutage',
  'refused inThePast',
  'refused malformed',
  'refused noRoomForWindow',
  'refused nodeAlreadyFailed',
  'refused nodeAlreadySo',
  'refused nodeNotFailed',
  'refused notItsWindow',
  'refused notRunning',
  'refused notWaiting',
  'refused noticeTooShort',
  'refused unknownDomain',
  'refused unknownGang',
  'refused unknownNode',
  'refused unknownOutage',
  'refused unknownPool',
  'refused unknownProvider',
  'refused unknownTenant',
  'refused unknownWindow',
  'refused windowInThePast',
  'resized',
  'submitted',
  'tenantsSet',
  'termsSet',
  'termsTurned',
  'windowBooked',
  'windowCancelled',
  'windowClosed',
  'windowMoved',
  'windowNoticeDropped',
  'windowNoticeGiven',
  'windowOpened',
]

test('between them, the histories have everything happen that can', () => {
  expect([...seen].sort()).toEqual(EVERYTHING)
})

test('the same seed draws and plays the same history, another seed another', () => {
  const textOf = (seed: number): string => JSON.stringify(playHistory(drawHistory(seed)).events)
  expect(textOf(7)).toBe(textOf(7))
  expect(textOf(7)).not.toBe(textOf(8))
})

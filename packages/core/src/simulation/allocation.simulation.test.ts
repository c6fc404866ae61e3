import { expect, test } from 'vitest'
import { KEPT_SEEDS } from '../testing/simulation-seeds.ts'
import { drawHistory } from './histories/draw-history.ts'
import { playHistory } from './histories/play-history.ts'

const SEEDS = [...Array.from({ length: 150 }, (_, n) => n + 1), ...KEPT_SEEDS]
const seen = new Set<string>()

test.each(SEEDS)('the history of seed %i breaks no rule', (seed) => {
  const { events, breaches } = playHistory(drawHistory(seed))
  expect(breaches).toEqual([])
  for (const event of events) seen.add('because' in event ? `${event.kind} ${event.because}` : event.kind)
})

test('between them, the histories have everything happen that can', () => {
  expect([...seen].sort()).toEqual([
    'cancelled',
    'evicted nodeFailed',
    'evicted nodesRemoved',
    'evicted reclaimed',
    'finished',
    'handOverDropped',
    'handOverPlanned',
    'nodeFailed',
    'nodeReturned',
    'nodesAdded',
    'nodesRemoved',
    'placed',
    'poolOpened',
    'reclaimAsked',
    'reclaimDropped',
    'refused alreadyEnded',
    'refused nodeAlreadyFailed',
    'refused nodeNotFailed',
    'refused notRunning',
    'refused unknownGang',
    'refused unknownNode',
    'refused unknownPool',
    'refused unknownTenant',
    'submitted',
    'tenantsSet',
  ])
})

test('the same seed draws and plays the same history, another seed another', () => {
  const textOf = (seed: number): string => JSON.stringify(playHistory(drawHistory(seed)).events)
  expect(textOf(7)).toBe(textOf(7))
  expect(textOf(7)).not.toBe(textOf(8))
})

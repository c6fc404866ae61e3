import { expect, test } from 'vitest'
import { type Instant, instant, MINUTE_MS } from '../../base/instant.ts'
import { aBooking, type BookingLike } from '../../testing/booking.ts'
import { aGang, type GangLike } from '../../testing/gang.ts'
import { aPool, aTenant, domains } from '../../testing/scene.ts'
import type { AllocationEvent } from '../events.ts'
import { Invariants } from '../invariants.ts'
import type { Rule } from './broken.ts'

function minute(minutes: number): Instant {
  return instant(minutes * MINUTE_MS)
}

/** Two nodes of 8 and ten minutes of notice. */
function brokenBy(events: readonly AllocationEvent[]): Set<Rule> {
  const scene = aPool([domains(2)], { tenants: [aTenant('us', 16), aTenant('them', 0)], noticeMinutes: 10 })
  const invariants = new Invariants()
  for (const event of [...scene.history, ...events]) invariants.observe(event)
  return new Set(invariants.check(scene.allocator.state).map(({ rule }) => rule))
}

function booked(id: string, node: number, like: BookingLike = {}): AllocationEvent {
  const room = [{ first: node, nodes: 1 }]
  return { kind: 'windowBooked', at: minute(0), booking: aBooking(id, like), poolId: 'main', room }
}

function started(id: string, node: number, at: number, like: GangLike = {}): AllocationEvent[] {
  const part = { role: 'worker', poolId: 'main', runs: [{ first: node, nodes: 1, each: 8 }], cpuCores: 0 }
  return [
    { kind: 'submitted', at: minute(at), gang: aGang(id, { tenant: 'them', each: 8, ...like }) },
    { kind: 'placed', at: minute(at), gangId: id, parts: [part], borrowed: 8 },
  ]
}

function noticed(by: number, at: number, ...gangIds: readonly string[]): AllocationEvent {
  return { kind: 'windowNoticeGiven', at: minute(at), windowId: 'w', gangIds, by: minute(by) }
}

const FIXED = { reclaimable: false }
const OPENED: AllocationEvent[] = [noticed(60, 50), { kind: 'windowOpened', at: minute(60), windowId: 'w' }]

test.each<[Rule, string, readonly AllocationEvent[]]>([
  [
    'windowsHaveRoom',
    'a node that is booked for the same time',
    [booked('w', 0), booked('v', 0, { from: 90, to: 180 })],
  ],
  ['windowsHaveRoom', 'a node on which somebody stays', [...started('g', 0, 0, FIXED), booked('w', 0)]],
  ['windowsHaveRoom', 'a node that is not there', [booked('w', 2)]],
  ['windowsHaveRoom', 'less than was booked', [booked('w', 0, { members: 2 })]],
  [
    'windowsAreLeftAlone',
    'one that ends too late',
    [booked('w', 0), ...started('g', 0, 0, { ...FIXED, limitMinutes: 61 })],
  ],
  ['windowsAreLeftAlone', 'one that cannot be told in time', [booked('w', 0), ...started('g', 0, 51)]],
  [
    'windowsAreLeftAlone',
    'a stranger in an open window',
    [booked('w', 0), ...OPENED, ...started('g', 0, 60)],
  ],
  [
    'windowsAreLeftAlone',
    'one that cannot be asked back, to whom it lends',
    [booked('w', 0, { lends: true }), ...OPENED, ...started('g', 0, 60, { ...FIXED, limitMinutes: 1 })],
  ],
  [
    'windowsAreTheirTenants',
    'a stranger that was not told',
    [booked('w', 0), ...started('g', 0, 0), ...OPENED],
  ],
  [
    'windowsAskOthersOnly',
    'one of its own',
    [booked('w', 0), ...started('g', 0, 0, { tenant: 'us' }), noticed(60, 50, 'g')],
  ],
  [
    'windowsAskOthersOnly',
    'one that sits elsewhere',
    [booked('w', 0), ...started('g', 1, 0), noticed(60, 50, 'g')],
  ],
  ['noticeIsKept', 'a notice too short', [booked('w', 0), ...started('g', 0, 0), noticed(60, 51, 'g')]],
  [
    'noticeIsKept',
    'an eviction before its time',
    [
      booked('w', 0),
      ...started('g', 0, 0),
      noticed(60, 50, 'g'),
      { kind: 'evicted', at: minute(59), gangId: 'g', because: 'forWindow', keptMs: 0, lostMs: 0 },
    ],
  ],
  ['windowsOpenOnTime', 'one that is due', [booked('w', 0), ...started('g', 1, 60)]],
  ['windowsOpenOnTime', 'one that stays open', [booked('w', 0), ...OPENED, ...started('g', 1, 120)]],
  ['windowsAreCounted', 'a booking of which the state knows nothing', [booked('w', 0)]],
  ['namesKnownThings', 'a window that nobody booked', OPENED],
])('%s is broken by %s', (rule, _, events) => {
  expect([...brokenBy(events)]).toContain(rule)
})

test.each<[string, readonly AllocationEvent[]]>([
  ['one that ends as it opens', [booked('w', 0), ...started('g', 0, 0, { ...FIXED, limitMinutes: 60 })]],
  ['one that can be told in time', [booked('w', 0), ...started('g', 0, 50)]],
  ['one to whom it lends', [booked('w', 0, { lends: true }), ...OPENED, ...started('g', 0, 60)]],
  ['one of its own', [booked('w', 0), ...OPENED, ...started('g', 0, 60, { ...FIXED, tenant: 'us' })]],
])('a window is left alone by %s', (_, events) => {
  const broken = brokenBy(events)
  for (const rule of [
    'windowsHaveRoom',
    'windowsAreLeftAlone',
    'windowsAreTheirTenants',
    'noticeIsKept',
  ] as const)
    expect([...broken]).not.toContain(rule)
})

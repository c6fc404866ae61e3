import { expect, test } from 'vitest'
import { type Instant, instant, MINUTE_MS } from '../base/instant.ts'
import { aGang, aRole, type GangLike, required } from '../testing/gang.ts'
import { aPool, aTenant, domains } from '../testing/scene.ts'
import type { AllocationEvent, Part } from './events.ts'
import type { Rule } from './invariants/broken.ts'
import { Invariants } from './invariants.ts'

/** Two domains of two nodes of 8 and 16 cores; `owner` owns half of it, `guest` nothing. */
function stage() {
  return aPool([domains(2, { nodesPerDomain: 2 })], {
    cpuCores: 16,
    tenants: [aTenant('owner', 16), aTenant('guest', 0, { borrowLimit: 20 })],
    noticeMinutes: 10,
  })
}

function minute(minutes: number): Instant {
  return instant(minutes * MINUTE_MS)
}

function submitted(id: string, like: GangLike = {}): AllocationEvent {
  return { kind: 'submitted', at: minute(0), gang: aGang(id, { tenant: 'guest', ...like }) }
}

function part(first: number, nodes: number, each: number, more: Partial<Part> = {}): Part {
  return { role: 'worker', poolId: 'main', runs: [{ first, nodes, each }], cpuCores: 0, ...more }
}

/** By default what the guest holds, which is all borrowed. */
function placed(gangId: string, at: Part, borrowed?: number): AllocationEvent {
  const held = at.runs.reduce((sum, { nodes, each }) => sum + nodes * each, 0)
  return { kind: 'placed', at: minute(0), gangId, parts: [at], borrowed: borrowed ?? held }
}

function planned(gangId: string, at: Part, by = 10): AllocationEvent {
  return { kind: 'handOverPlanned', at: minute(0), gangId, parts: [at], by: minute(by) }
}

function asked(gangId: string, forGangId: string, by = 10): AllocationEvent {
  return { kind: 'reclaimAsked', at: minute(0), gangId, forGangId, by: minute(by) }
}

function evicted(gangId: string, because: 'reclaimed' | 'nodeFailed' | 'preempted', at = 0): AllocationEvent {
  return { kind: 'evicted', at: minute(at), gangId, because, keptMs: 0, lostMs: 0 }
}

/** The rules that are broken once these events are said to have followed on the stage. */
function brokenBy(events: readonly AllocationEvent[]): Set<Rule> {
  const scene = stage()
  const invariants = new Invariants()
  for (const event of [...scene.history, ...events]) invariants.observe(event)
  return new Set(invariants.check(scene.allocator.state).map(({ rule }) => rule))
}

test('nothing is broken where nothing is', () => {
  expect(brokenBy([])).toEqual(new Set())
})

const GUEST = submitted('g', { members: 2, each: 8 })
const OWNER = submitted('o', { tenant: 'owner', members: 2, each: 8 })
const LENT = [GUEST, placed('g', part(0, 2, 8)), OWNER]

test.each<[Rule, string, readonly AllocationEvent[]]>([
  [
    'timeGoesOn',
    'an earlier event',
    [GUEST, { ...placed('g', part(0, 2, 8)), at: minute(-1) } as AllocationEvent],
  ],
  ['namesKnownThings', 'an unknown gang', [placed('nobody', part(0, 1, 1))]],
  ['namesKnownThings', 'an unknown pool', [{ kind: 'nodeFailed', at: minute(0), poolId: 'other', node: 0 }]],
  ['namesKnownThings', 'a part in an unknown pool', [GUEST, placed('g', part(0, 2, 8, { poolId: 'other' }))]],
  ['gangsAreAccountedFor', 'a gang twice', [GUEST, GUEST]],
  ['gangsAreAccountedFor', 'a gang that the state does not know', [GUEST]],
  [
    'startsOnlyFromWaiting',
    'a second start',
    [GUEST, placed('g', part(0, 2, 8)), placed('g', part(2, 2, 8))],
  ],
  [
    'finishesOnlyFromRunning',
    'an end before a start',
    [GUEST, { kind: 'finished', at: minute(0), gangId: 'g' }],
  ],
  ['isEvictedForItsReason', 'an eviction from a good node', [...LENT, evicted('g', 'nodeFailed')]],
  ['isEvictedForItsReason', 'one by rank where tenants own something', [...LENT, evicted('g', 'preempted')]],
  ['noticeIsKept', 'an eviction that nobody asked for', [...LENT, evicted('g', 'reclaimed')]],
  [
    'noticeIsKept',
    'an eviction too early',
    [...LENT, planned('o', part(0, 2, 8)), asked('g', 'o'), evicted('g', 'reclaimed', 9)],
  ],
  ['noticeIsKept', 'a notice too short', [...LENT, planned('o', part(0, 2, 8), 5), asked('g', 'o', 5)]],
  [
    'noticeIsKept',
    'a notice for another time than the hand-over',
    [...LENT, planned('o', part(0, 2, 8)), asked('g', 'o', 11)],
  ],
  [
    'asksBorrowersOnly',
    'one that may not be stopped',
    [
      submitted('g', { members: 2, each: 8, reclaimable: false }),
      ...LENT.slice(1),
      planned('o', part(0, 2, 8)),
      asked('g', 'o'),
    ],
  ],
  [
    'asksBorrowersOnly',
    'one that runs on its own',
    [
      submitted('g', { tenant: 'owner', members: 2, each: 4 }),
      placed('g', part(0, 1, 8), 0),
      submitted('o', { tenant: 'owner', members: 1, each: 8 }),
      planned('o', part(0, 1, 8)),
      asked('g', 'o'),
    ],
  ],
  ['asksOncePerGang', 'one that waits', [GUEST, OWNER, planned('o', part(0, 2, 8)), asked('g', 'o')]],
  [
    'asksOncePerGang',
    'a second hand-over',
    [...LENT, planned('o', part(0, 2, 8)), planned('o', part(2, 2, 8))],
  ],
  [
    'asksOncePerGang',
    'a reclaim dropped that was not asked',
    [...LENT, { kind: 'reclaimDropped', at: minute(0), gangId: 'g' }],
  ],
  ['keepsOnlyOnesOwn', 'room kept for a borrower', [GUEST, planned('g', part(0, 2, 8))]],
  [
    'handOversArePending',
    'a hand-over dropped that was not planned',
    [OWNER, { kind: 'handOverDropped', at: minute(0), gangId: 'o' }],
  ],
  ['handOversArePending', 'a hand-over of which nobody was asked', [...LENT, planned('o', part(0, 2, 8))]],
  [
    'handOversArePending',
    'a hand-over that is due and stays',
    [...LENT, planned('o', part(0, 2, 8), 0), asked('g', 'o', 0)],
  ],
  ['holdsWhatItsRolesAsk', 'too few accelerators', [GUEST, placed('g', part(0, 1, 8))]],
  [
    'holdsWhatItsRolesAsk',
    'cores that nobody asked for',
    [GUEST, placed('g', part(0, 2, 8, { cpuCores: 1 }))],
  ],
  ['holdsWhatItsRolesAsk', 'a role that it has not', [GUEST, placed('g', part(0, 2, 8, { role: 'other' }))]],
  [
    'membersAreWholeOnNodes',
    'a member over two nodes',
    [submitted('g', { each: 8 }), placed('g', part(0, 2, 4))],
  ],
  [
    'sitsOnAcceptedHardware',
    'other hardware',
    [submitted('g', { accepts: ['tpu'] }), placed('g', part(0, 1, 1))],
  ],
  [
    'topologyIsRespected',
    'two domains',
    [submitted('g', { members: 2, each: 8, within: required('domain') }), placed('g', part(1, 2, 8))],
  ],
  [
    'topologyIsRespected',
    'two nodes',
    [submitted('g', { members: 2, each: 8, within: required('node') }), placed('g', part(0, 2, 8))],
  ],
  [
    'sitsOnNodesInService',
    'a node that failed',
    [GUEST, { kind: 'nodeFailed', at: minute(0), poolId: 'main', node: 1 }, placed('g', part(0, 2, 8))],
  ],
  [
    'sitsOnNodesInService',
    'a node that fails under it',
    [GUEST, placed('g', part(0, 2, 8)), { kind: 'nodeFailed', at: minute(0), poolId: 'main', node: 1 }],
  ],
  ['sitsOnNodesInService', 'a node that does not exist', [GUEST, placed('g', part(3, 2, 8))]],
  [
    'nodesHoldNoMoreThanTheyHave',
    'one node twice',
    [GUEST, placed('g', part(0, 2, 8)), submitted('h'), placed('h', part(1, 1, 1))],
  ],
  [
    'coresAreEnough',
    'more cores than there are',
    [
      submitted('g', { roles: [aRole('worker', { members: 17, each: 0, cpuCores: 1 })] }),
      placed('g', part(0, 1, 1, { runs: [], cpuCores: 17 })),
    ],
  ],
  ['borrowedIsCounted', 'what is borrowed said to be its own', [GUEST, placed('g', part(0, 2, 8), 0)]],
  [
    'borrowLimitIsKept',
    'more than it may borrow',
    [submitted('g', { members: 3, each: 8 }), placed('g', part(0, 3, 8))],
  ],
  ['queueIsInOrder', 'a gang that waits for the events alone', [GUEST]],
  ['useIsCounted', 'use of which the accounts know nothing', [GUEST, placed('g', part(0, 2, 8))]],
  ['indexIsCounted', 'seats that the index has free', [GUEST, placed('g', part(0, 2, 8))]],
  ['indexIsOrdered', 'domains in the order of other seats', [GUEST, placed('g', part(0, 2, 8))]],
  ['holdersAreKnown', 'a seat that nobody is listed for', [GUEST, placed('g', part(0, 2, 8))]],
  ['nobodyWaitsBesideItsRoom', 'an owner beside free nodes', [OWNER]],
])('%s is broken by %s', (rule, _, events) => {
  expect([...brokenBy(events)]).toContain(rule)
})

test('what has been told is not told again', () => {
  const scene = stage()
  const invariants = new Invariants()
  for (const event of [...scene.history, { ...OWNER, gang: aGang('x') } as AllocationEvent])
    invariants.observe(event)
  invariants.observe({ kind: 'finished', at: minute(0), gangId: 'x' })
  const rules = () => invariants.check(scene.allocator.state).map(({ rule }) => rule)
  expect(rules()).toContain('finishesOnlyFromRunning')
  expect(rules()).not.toContain('finishesOnlyFromRunning')
})

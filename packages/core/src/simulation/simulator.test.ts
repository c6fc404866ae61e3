import { expect, test } from 'vitest'
import type { Command } from '../allocation/commands.ts'
import type { AllocationEvent } from '../allocation/events.ts'
import { BACKFILL } from '../allocation/policies/backfill.ts'
import { type Instant, instant, MINUTE_MS } from '../base/instant.ts'
import { poolOf } from '../capacity/pool.ts'
import type { Job } from '../demand/job.ts'
import { aGang, type GangLike } from '../testing/gang.ts'
import { drawHistory } from './histories/draw-history.ts'
import { type PlannedCommand, type SimulationInput, Simulator, type TimedCommand } from './simulator.ts'

const SLOW = poolOf({ provider: 'north', region: 'r', hardware: 'slow', fabric: 'default' })
const FAST = poolOf({ provider: 'south', region: 'r', hardware: 'fast', fabric: 'default' })

function minute(minutes: number): Instant {
  return instant(minutes * MINUTE_MS)
}

function at(minutes: number, command: PlannedCommand): TimedCommand {
  return { at: minute(minutes), command }
}

/** A pool of one node with so many accelerators, there from this minute on. */
function arrives(minutes: number, pool = SLOW, accelerators = 1): TimedCommand[] {
  const nodes = [{ domains: 1, nodesPerDomain: 1, acceleratorsPerNode: accelerators, domainsPerBlock: 1 }]
  return [at(minutes, { kind: 'openPool', pool }), at(minutes, { kind: 'addNodes', poolId: pool.id, nodes })]
}

function fails(minutes: number, pool = SLOW): TimedCommand {
  return at(minutes, { kind: 'failNode', poolId: pool.id, node: 0 })
}

/** Runs at speed 1 on slow hardware and at speed 2 on fast. */
function aJob(id: string, submitted: number, workMinutes: number, like: GangLike = {}): Job {
  const gang = aGang(id, { ...like, accepts: ['slow', 'fast'] })
  const roles = gang.roles.map((role) => ({
    ...role,
    accepts: role.accepts.map(({ hardware }) => ({ hardware, speed: hardware === 'fast' ? 2 : 1 })),
  }))
  return { gang: { ...gang, roles }, submitted: minute(submitted), workMs: workMinutes * MINUTE_MS }
}

function input(parts: Partial<SimulationInput>): SimulationInput {
  return { policy: BACKFILL, tenants: [], reclaimNoticeMs: 0, commands: [], jobs: [], ...parts }
}

/** What happened to gangs, as `minute kind gang`. */
function told(events: readonly AllocationEvent[]): string[] {
  return events.flatMap((event) => {
    const id = event.kind === 'submitted' ? event.gang.id : 'gangId' in event ? event.gangId : undefined
    return id === undefined ? [] : [`${event.at / MINUTE_MS} ${event.kind} ${id}`]
  })
}

function play(parts: Partial<SimulationInput>): AllocationEvent[] {
  const events: AllocationEvent[] = []
  new Simulator(input(parts), (event) => events.push(event)).run()
  return events
}

test('a job runs for as long as its work takes on the hardware it got', () => {
  const jobs = [aJob('j', 1, 10)]
  expect(told(play({ commands: arrives(0), jobs }))).toEqual(['1 submitted j', '1 placed j', '11 finished j'])
  expect(told(play({ commands: arrives(0, FAST), jobs }))).toEqual([
    '1 submitted j',
    '1 placed j',
    '6 finished j',
  ])
})

test('an evicted job goes on from its last save, after it has restarted', () => {
  const jobs = [aJob('j', 0, 10, { checkpointMinutes: 3, restartMinutes: 1 })]
  const returns = at(8, { kind: 'returnNode', poolId: SLOW.id, node: 0 })
  // Six of ten minutes are saved when the node fails; a restart of one and the other four are left.
  expect(told(play({ commands: [...arrives(0), fails(7), returns], jobs }))).toEqual([
    '0 submitted j',
    '0 placed j',
    '7 evicted j',
    '8 placed j',
    '13 finished j',
  ])
})

test('what an evicted job has left takes less on faster hardware, its restart does not', () => {
  const jobs = [aJob('j', 0, 10, { checkpointMinutes: 3, restartMinutes: 1 })]
  const commands = [...arrives(0), fails(7), ...arrives(20, FAST)]
  expect(told(play({ commands, jobs })).slice(2)).toEqual(['7 evicted j', '20 placed j', '23 finished j'])
})

test('what was saved on faster hardware counts for more', () => {
  const jobs = [aJob('j', 0, 10, { checkpointMinutes: 2 })]
  const commands = [...arrives(0, FAST), fails(3, FAST), ...arrives(5)]
  // Two minutes at speed 2 are saved: six of ten minutes are left at speed 1.
  expect(told(play({ commands, jobs })).slice(2)).toEqual(['3 evicted j', '5 placed j', '11 finished j'])
})

test('a job that saves nothing starts anew, also when it is evicted a second time', () => {
  const jobs = [aJob('j', 0, 10, { restartMinutes: 2 })]
  const returns = (minutes: number) => at(minutes, { kind: 'returnNode', poolId: SLOW.id, node: 0 } as const)
  const commands = [...arrives(0), fails(9), returns(9), fails(12), returns(15)]
  expect(told(play({ commands, jobs }))).toEqual([
    '0 submitted j',
    '0 placed j',
    '9 evicted j',
    '9 placed j',
    '12 evicted j',
    '15 placed j',
    '27 finished j',
  ])
})

test('what is to stop is finished where it runs, and cancelled where it waits', () => {
  const submit = (id: string) => at(0, { kind: 'submit', gang: aJob(id, 0, 1).gang } as const)
  const commands = [
    ...arrives(0),
    submit('runs'),
    submit('waits'),
    at(4, { kind: 'stop', gangId: 'waits' }),
    at(5, { kind: 'stop', gangId: 'runs' }),
  ]
  expect(told(play({ commands }))).toEqual([
    '0 submitted runs',
    '0 placed runs',
    '0 submitted waits',
    '4 cancelled waits',
    '5 finished runs',
  ])
})

test('at one moment ends and commands come before arrivals, so that a job finds what has become free', () => {
  const jobs = [aJob('first', 0, 5), aJob('second', 5, 1)]
  const commands = [...arrives(0), ...arrives(6, FAST)]
  expect(told(play({ commands, jobs: [...jobs, aJob('third', 6, 1)] }))).toEqual([
    '0 submitted first',
    '0 placed first',
    '5 finished first',
    '5 submitted second',
    '5 placed second',
    '6 finished second',
    '6 submitted third',
    '6 placed third',
    '7 finished third',
  ])
})

test('a second job of a known id is refused, and the first runs as long as it would have', () => {
  const events = play({ commands: arrives(5), jobs: [aJob('j', 0, 10), aJob('j', 1, 2), aJob('j', 20, 3)] })
  expect(told(events)).toEqual(['0 submitted j', '5 placed j', '15 finished j'])
  expect(events.filter(({ kind }) => kind === 'refused')).toHaveLength(2)
})

test('tenants are named before anything else happens', () => {
  const tenants = [{ id: 'anyone', name: 'Anyone', quotas: [] }]
  const [first, second] = play({ tenants, reclaimNoticeMs: 5, commands: arrives(3) })
  expect(first).toEqual({ kind: 'tenantsSet', at: minute(3), tenants, noticeMs: 5 })
  expect(second?.kind).toBe('poolOpened')
  expect(play({ tenants })).toEqual([])
})

test('borrowers go when their notice is over, although nothing else happens then', () => {
  const tenants = [
    { id: 'owner', name: 'Owner', quotas: [{ pool: SLOW.id, accelerators: 1 }] },
    { id: 'guest', name: 'Guest', quotas: [] },
  ]
  const jobs = [aJob('lent', 0, 60, { tenant: 'guest' }), aJob('own', 10, 5, { tenant: 'owner' })]
  const events = play({ tenants, reclaimNoticeMs: 7 * MINUTE_MS, commands: arrives(0), jobs })
  expect(told(events)).toContain('17 evicted lent')
  expect(told(events)).toContain('17 placed own')
})

test('nothing of the moment at which a history stops is played', () => {
  const jobs = [aJob('j', 0, 10), aJob('later', 12, 1)]
  const played = (until: number) => told(play({ commands: arrives(0), jobs, until: minute(until) }))
  expect(played(10)).toEqual(['0 submitted j', '0 placed j'])
  expect(played(11)).toEqual(['0 submitted j', '0 placed j', '10 finished j'])
})

test('a history is played piece by piece, and says whether anything is left', () => {
  const events: AllocationEvent[] = []
  const jobs = [aJob('j', 0, 10)]
  const simulator = new Simulator(input({ commands: arrives(0), jobs }), (event) => events.push(event))
  expect(simulator.run(minute(10))).toBe(true)
  expect(told(events)).toEqual(['0 submitted j', '0 placed j'])
  expect(simulator.run(minute(11))).toBe(false)
  expect(told(events)).toEqual(['0 submitted j', '0 placed j', '10 finished j'])
})

test('jobs are drawn one ahead, never all at once', () => {
  let drawn = 0
  function* jobs(): Generator<Job> {
    for (;;) yield aJob(`j${drawn}`, drawn++, 1)
  }
  const simulator = new Simulator(input({ jobs: jobs() }), () => undefined)
  simulator.run(minute(10))
  expect(drawn).toBe(11)
})

test('commands are played by time, those of one moment in the order in which they are given', () => {
  const wake: Command = { kind: 'wake' }
  const commands = [at(5, { kind: 'cancel', gangId: 'b' }), at(5, wake), ...arrives(1), at(5, wake)]
  const kinds = play({ commands: [...commands, at(5, { kind: 'cancel', gangId: 'a' })] })
  expect(kinds.map((event) => (event.kind === 'refused' ? event.subject : event.kind))).toEqual([
    'poolOpened',
    'nodesAdded',
    'b',
    'a',
  ])
})

test('from a snapshot taken at any moment, a history goes on with the same events', () => {
  const history = drawHistory(5)
  const whole = play(history)
  for (let stop = -1; stop <= (whole.at(-1)?.at ?? 0) / MINUTE_MS + 1; stop += 3) {
    const events: AllocationEvent[] = []
    const first = new Simulator(history, (event) => events.push(event))
    first.run(minute(stop))
    const snapshot = JSON.parse(JSON.stringify(first.snapshot()))
    const second = Simulator.resume(history, snapshot, (event) => events.push(event))
    if (second.ok) second.value.run()
    expect(events).toEqual(whole)
  }
})

test('taking a snapshot changes nothing', () => {
  const events: AllocationEvent[] = []
  const simulator = new Simulator(drawHistory(6), (event) => events.push(event))
  for (let stop = 0; simulator.run(minute(stop)); stop++) simulator.snapshot()
  expect(events).toEqual(play(drawHistory(6)))
})

test('a snapshot whose allocation is not one is named, and not resumed', () => {
  const simulator = new Simulator(input({ commands: arrives(0) }), () => undefined)
  const snapshot = simulator.snapshot()
  const broken = { ...snapshot, allocation: { ...snapshot.allocation, nextSeq: -1 } }
  expect(Simulator.resume(input({}), broken, () => undefined)).toEqual({
    ok: false,
    problems: [{ code: 'malformedSnapshot', path: ['nextSeq'] }],
  })
})

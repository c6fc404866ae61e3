import { expect, test } from 'vitest'
import type { AllocationEvent } from '../allocation/events.ts'
import { BACKFILL } from '../allocation/policies/backfill.ts'
import { instant, MINUTE_MS } from '../base/instant.ts'
import { poolOf } from '../capacity/pool.ts'
import { aGang } from '../testing/gang.ts'
import { domains } from '../testing/scene.ts'
import { Simulator, type TimedCommand } from './simulator.ts'

const POOL = poolOf({ provider: 'own', region: 'here', hardware: 'gpu', fabric: 'default' })

function minute(n: number) {
  return instant(n * MINUTE_MS)
}

function endsOf(workMinutes: number, changes: readonly [number, number][]): number[] {
  const ends: number[] = []
  const commands: TimedCommand[] = [
    { at: minute(0), command: { kind: 'openPool', pool: POOL } },
    { at: minute(0), command: { kind: 'addNodes', poolId: POOL.id, nodes: [domains(1)] } },
    ...changes.map(([at, speed]) => ({
      at: minute(at),
      command: { kind: 'degradeNode' as const, poolId: POOL.id, node: 0, speed },
    })),
  ]
  const jobs = [{ gang: aGang('job'), submitted: minute(0), workMs: workMinutes * MINUTE_MS }]
  const input = { policy: BACKFILL, tenants: [], reclaimNoticeMs: 0, commands, jobs }
  const observe = (event: AllocationEvent): void => {
    if (event.kind === 'finished') ends.push(event.at / MINUTE_MS)
  }
  new Simulator(input, observe).run()
  return ends
}

test('a job ends later by what its node lost of its speed, from when it lost it', () => {
  expect(endsOf(100, [])).toEqual([100])
  expect(endsOf(100, [[40, 0.5]])).toEqual([160])
})

test('a job ends once, by the last change of its speed', () => {
  expect(
    endsOf(100, [
      [40, 0.5],
      [60, 0.25],
      [100, 1],
    ]),
  ).toEqual([140])
})

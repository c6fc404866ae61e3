import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HOUR_MS, type Instant, instant, MINUTE_MS } from '../base/instant.ts'
import type { Replica, Service } from '../demand/service.ts'
import { replicaCommands } from './replicas.ts'

const DRAIN_MS = 5 * MINUTE_MS

const REPLICA: Replica = {
  members: 2,
  acceleratorsPerMember: 4,
  accepts: [{ hardware: 'gb200', speed: 1 }],
  within: { level: 'domain', required: true },
  warmUpMs: 3 * MINUTE_MS,
  drainMs: DRAIN_MS,
}

function hour(hours: number): Instant {
  return instant(hours * HOUR_MS)
}

/** So many replicas from each hour on. */
function aService(wanted: Readonly<Record<number, number>>): Service {
  const steps = Object.entries(wanted).map(([from, replicas]) => ({ at: hour(Number(from)), replicas }))
  return { id: 'chat', tenant: 'product', priority: 3, replica: REPLICA, demand: { kind: 'steps', steps } }
}

function told(service: Service, from = 0, until = 24): string[] {
  return [...replicaCommands(service, { start: hour(from), until: hour(until) })].map(({ at, command }) => {
    const id = command.kind === 'submit' ? command.gang.id : command.kind === 'stop' ? command.gangId : ''
    return `${at / HOUR_MS} ${command.kind} ${id}`
  })
}

test('further replicas are asked for as they are wanted, and the youngest stop first, once drained', () => {
  const drain = DRAIN_MS / HOUR_MS
  expect(told(aService({ 1: 2, 3: 3, 5: 1, 7: 2 }), 0, 9)).toEqual([
    '1 submit chat/r0',
    '1 submit chat/r1',
    '3 submit chat/r2',
    `${5 + drain} stop chat/r2`,
    `${5 + drain} stop chat/r1`,
    '7 submit chat/r3',
    `${9 + drain} stop chat/r3`,
    `${9 + drain} stop chat/r0`,
  ])
})

test('within a window that begins later, those wanted by then are asked for at its start', () => {
  expect(told(aService({ 1: 2, 3: 1 }), 4, 9)[0]).toBe('4 submit chat/r0')
  expect(told(aService({ 1: 2, 3: 0 }), 4, 9)).toEqual([])
})

test('a replica is a gang of the service, without a limit, that keeps what it has served and warms up wherever it starts anew', () => {
  const [first] = replicaCommands(aService({ 0: 1 }), { start: hour(0), until: hour(1) })
  expect(first?.command).toEqual({
    kind: 'submit',
    gang: {
      id: 'chat/r0',
      tenant: 'product',
      priority: 3,
      roles: [
        {
          name: 'replica',
          members: 2,
          acceleratorsPerMember: 4,
          cpuCoresPerMember: 0,
          accepts: REPLICA.accepts,
          within: REPLICA.within,
        },
      ],
      checkpointMs: 1,
      restartMs: REPLICA.warmUpMs,
      reclaimable: true,
    },
  })
})

test('at every moment as many replicas live as are wanted, whatever is wanted', () => {
  const series = fc.dictionary(fc.integer({ min: 0, max: 23 }).map(String), fc.nat(6))
  fc.assert(
    fc.property(series, (wanted) => {
      const commands = [...replicaCommands(aService(wanted), { start: hour(0), until: hour(24) })]
      let want = 0
      for (let now = 0; now < 24; now++) {
        want = wanted[now] ?? want
        const live = new Set<string>()
        for (const { at, command } of commands) {
          if (command.kind === 'submit' && at <= hour(now)) live.add(command.gang.id)
          if (command.kind === 'stop' && at - DRAIN_MS <= hour(now)) live.delete(command.gangId)
        }
        expect(live.size).toBe(want)
      }
    }),
  )
})

import { later } from '../base/instant.ts'
import type { Span } from '../base/span.ts'
import { changesOf } from '../base/step-function.ts'
import type { Gang } from '../demand/gang.ts'
import { replicasWithin } from '../demand/request-series.ts'
import type { Service } from '../demand/service.ts'
import type { TimedCommand } from './simulator.ts'

/**
 * What a service asks for within the window, as commands: a gang for every further replica, and the youngest ones stopped,
 * once drained, when fewer are wanted.
 */
export function replicaCommands(service: Service, window: Span): TimedCommand[] {
  const commands: TimedCommand[] = []
  const live: string[] = []
  let started = 0
  for (const { at, by } of changesOf(replicasWithin(service.demand, window))) {
    for (let n = 0; n < by; n++) {
      const gang = replicaGang(service, `${service.id}/r${started++}`)
      live.push(gang.id)
      commands.push({ at, command: { kind: 'submit', gang } })
    }
    for (let n = 0; n < -by; n++) {
      const gangId = live.pop()
      if (gangId) commands.push({ at: later(at, service.replica.drainMs), command: { kind: 'stop', gangId } })
    }
  }
  return commands
}

function replicaGang({ tenant, priority, replica }: Service, id: string): Gang {
  const { members, acceleratorsPerMember, accepts, within, warmUpMs } = replica
  const role = { name: 'replica', members, acceleratorsPerMember, cpuCoresPerMember: 0, accepts, within }
  return { id, tenant, priority, roles: [role], restartMs: warmUpMs, reclaimable: true }
}

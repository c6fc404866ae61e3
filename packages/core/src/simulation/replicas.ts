import { type Instant, later } from '../base/instant.ts'
import type { Span } from '../base/span.ts'
import { changesOf } from '../base/step-function.ts'
import type { Gang, Role } from '../demand/gang.ts'
import { replicasWithin } from '../demand/request-series.ts'
import type { Service } from '../demand/service.ts'
import { spendingOf } from '../demand/spending.ts'
import type { TimedCommand } from './simulator.ts'

/**
 * What a service asks for within the window, as commands in order of time: a gang for every further replica, and the youngest
 * ones stopped, once drained, when fewer are wanted. One after the other, so that years of them need no memory.
 */
export function* replicaCommands(service: Service, window: Span): Generator<TimedCommand> {
  const replicaOf = replicaMaker(service)
  const live: string[] = []
  let draining: { readonly at: Instant; readonly gangIds: readonly string[] }[] = []
  let started = 0
  for (const { at, by } of changesOf(replicasWithin(service.demand, window))) {
    yield* stops(draining.filter((drained) => drained.at <= at))
    draining = draining.filter((drained) => drained.at > at)
    for (let n = 0; n < by; n++) {
      const gang = replicaOf(`${service.id}/r${started++}`)
      live.push(gang.id)
      yield { at, command: { kind: 'submit', gang } }
    }
    if (by < 0) draining.push({ at: later(at, service.replica.drainMs), gangIds: live.splice(by).reverse() })
  }
  yield* stops(draining)
}

function* stops(
  drained: readonly { readonly at: Instant; readonly gangIds: readonly string[] }[],
): Generator<TimedCommand> {
  for (const { at, gangIds } of drained)
    for (const gangId of gangIds) yield { at, command: { kind: 'stop', gangId } }
}

/** What a replica has served is served: an eviction costs no more than warming up anew. */
const SAVED_AT_ONCE_MS = 1

/** Makes a service's replicas by name: all of them share their roles, so that whoever knows one knows what each needs. */
export function replicaMaker(service: Service): (id: string) => Gang {
  const { id: group, tenant, priority, replica, spread } = service
  const spending = spendingOf(service)
  const { members, acceleratorsPerMember, accepts, within, warmUpMs } = replica
  const { acceleratorMilliPerMember, cpuCoresPerMember = 0, memoryMiBPerMember } = replica
  const role: Role = {
    name: 'replica',
    members,
    acceleratorsPerMember,
    ...(acceleratorMilliPerMember === undefined ? {} : { acceleratorMilliPerMember }),
    cpuCoresPerMember,
    ...(memoryMiBPerMember === undefined ? {} : { memoryMiBPerMember }),
    accepts,
    within,
  }
  const roles = [role]
  return (id) => ({
    id,
    tenant,
    priority,
    roles,
    checkpointMs: SAVED_AT_ONCE_MS,
    restartMs: warmUpMs,
    reclaimable: true,
    ...(spread ? { spread: { group, ...spread } } : {}),
    ...(spending && { spending }),
  })
}

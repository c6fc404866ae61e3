import type { JobSpec } from '@offtake/contract/api/job'
import type { JobRow } from '../store/tables.ts'
import type { Replica } from './plan-replicas.ts'

/** A replica's name: no job that somebody submits may have a slash in its own. */
const REPLICA = /^(.+)\/r(\d+)$/

export function replicaName(service: string, n: number): string {
  return `${service}/r${n}`
}

/** The service of which a gang is a replica, by its name; nothing where it is none. */
export function serviceOfGang(gangId: string): string | undefined {
  return REPLICA.exec(gangId)?.[1]
}

/** Replicas that have not ended, by the id of their service; `formOf` tells of which form they should be. */
export function replicasByService(
  alive: Iterable<JobRow>,
  formOf: (service: string) => string | undefined,
): Map<string, Replica[]> {
  const found = new Map<string, Replica[]>()
  for (const { id, state, spec } of alive) {
    const [, service, n] = REPLICA.exec(id) ?? []
    if (service === undefined) continue
    const { form }: JobSpec = JSON.parse(spec)
    // Of another name by chance: what a workload's replay submitted.
    if (form === undefined) continue
    const replica = {
      id,
      n: Number(n),
      isRunning: state === 'running',
      isOutdated: form !== formOf(service),
    }
    found.set(service, [...(found.get(service) ?? []), replica])
  }
  return found
}

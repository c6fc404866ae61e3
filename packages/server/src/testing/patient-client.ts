import { setTimeout as sleep } from 'node:timers/promises'
import type { Prng } from '@offtake/core/base/prng'
import { TEST_TOKEN } from './server-process.ts'

export interface Asking {
  /** Where the server is by now. */
  readonly url: () => string
  readonly method: string
  readonly path: string
  readonly key: string
  readonly body?: object
}

/** Where nothing is answered, or that it cannot be told, the same is asked again under the same key. */
export async function untilAnswered({
  url,
  method,
  path,
  key,
  body,
}: Asking): Promise<Readonly<Record<string, unknown>>> {
  for (;;) {
    try {
      const response = await fetch(`${url()}${path}`, {
        method,
        signal: AbortSignal.timeout(5_000),
        headers: {
          authorization: `Bearer ${TEST_TOKEN}`,
          'idempotency-key': key,
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      const answer = (await response.json()) as Readonly<Record<string, unknown>>
      if (response.status < 500 && response.status !== 429) return answer
    } catch {
      // The server was killed before it answered.
    }
    await sleep(20)
  }
}

/** A window for the fleet of the servers of tests: an hour of some night to come, which may be taken. */
export function aWindow(chance: Prng, id: string): object {
  const start = Date.parse('2100-01-01') + chance.below(2_000) * HOUR_MS
  const members = 1 + chance.below(2)
  return {
    id,
    tenant: `tenant-${chance.below(3)}`,
    members,
    acceleratorsPerMember: 8,
    accepts: ['gpu'],
    start: new Date(start).toISOString(),
    until: new Date(start + HOUR_MS).toISOString(),
  }
}

const HOUR_MS = 3_600_000

/** A job for the fleet of the servers of tests. */
export function aJob(chance: Prng): object {
  const durations = ['1s', '10s', '100s', '1000s']
  return {
    tenant: `tenant-${chance.below(3)}`,
    accelerators: 1 + chance.below(8),
    hardware: ['gpu'],
    duration: durations[chance.below(durations.length)],
  }
}

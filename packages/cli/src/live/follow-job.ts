import { setTimeout as sleep } from 'node:timers/promises'
import type { ApiClient } from '@offtake/contract/api/client'
import { explainJob, type JobView, showJob } from '@offtake/contract/api/job-routes'
import { EXIT } from '../exit-code.ts'
import type { Output } from '../output.ts'
import { answered } from './ask.ts'
import { StatusLine } from './status-line.ts'
import { Told } from './told.ts'

const LOOK_MS = 500
/** How often it asks why a job still waits: that takes the server more than to look. */
const EXPLAIN_MS = 5_000
/** For how long a server may be away before that is a problem. */
const PATIENCE_MS = 60_000

/** Waits until a job has ended, and shows on a terminal how it comes along; elsewhere what changes is noted. */
export async function untilEnded(client: ApiClient, first: JobView, output: Output): Promise<JobView> {
  const line = new StatusLine(output)
  let job = first
  let why = ''
  let explainedAt = Number.NEGATIVE_INFINITY
  try {
    while (job.endedAt === null) {
      if (job.state === 'waiting' && line.isShown && Date.now() - explainedAt > EXPLAIN_MS) {
        explainedAt = Date.now()
        why = await whyItWaits(client, job.id)
      }
      line.show(stateText(job, why), job.state)
      await sleep(LOOK_MS)
      job = await patiently(() => answered(client.call(showJob, { params: { id: first.id } })))
    }
    return job
  } finally {
    line.clear()
  }
}

/** What a shell is told of a job: its own exit code where its process had one. */
export function exitCodeOf({ state, exitCode }: JobView): number {
  if (state === 'finished') return EXIT.done
  return exitCode === null || exitCode <= 0 || exitCode > 255 ? EXIT.foundWanting : exitCode
}

async function whyItWaits(client: ApiClient, id: string): Promise<string> {
  const told = await client.call(explainJob, { params: { id } }).catch(() => undefined)
  if (!told?.ok) return ''
  const { pools, eta } = told.value
  const [first] = pools
  return `${first ? `: ${first.sentence}` : ''}${eta ? `; expected at ${eta.at}` : ''}`
}

function stateText({ id, state, pool, submittedAt, startedAt }: JobView, why: string): string {
  const since = Date.parse(state === 'running' ? (startedAt ?? submittedAt) : submittedAt)
  const seconds = Math.max(0, Math.round((Date.now() - since) / 1000))
  return `${id} ${state} ${seconds} s${state === 'running' ? ` on ${pool}` : why}`
}

/** Asks again while the server is away, as it is when another one takes the lead. */
async function patiently<Value>(ask: () => Promise<Value>): Promise<Value> {
  const giveUp = Date.now() + PATIENCE_MS
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      const isAway =
        error instanceof TypeError || (error instanceof Told && error.problem.code === 'unavailable')
      if (!isAway || Date.now() > giveUp) throw error
      await sleep(LOOK_MS)
    }
  }
}

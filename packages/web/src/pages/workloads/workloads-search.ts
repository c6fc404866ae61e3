import { textIn, wordIn } from '../../app/search.ts'

const JOB_STATES = ['waiting', 'running', 'ended', 'finished', 'cancelled', 'failed'] as const

type State = (typeof JOB_STATES)[number]

/** What the address of the workloads says. */
export interface WorkloadsSearch {
  readonly state?: State
  readonly tenant?: string
  readonly pool?: string
  readonly name?: string
  readonly after?: string
  readonly before?: string
  readonly cursor?: string
}

export function workloadsSearch(given: Record<string, unknown>): WorkloadsSearch {
  return {
    ...wordIn(given, 'state', JOB_STATES),
    ...textIn(given, 'tenant'),
    ...textIn(given, 'pool'),
    ...textIn(given, 'name'),
    ...textIn(given, 'after'),
    ...textIn(given, 'before'),
    ...textIn(given, 'cursor'),
  }
}

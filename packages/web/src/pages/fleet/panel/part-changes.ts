import { drainPart, failPart, returnPart } from '@offtake/contract/api/pool-routes'
import { call, newKey } from '../../../api/call.ts'
import { momentText } from '../../../parts/moment.tsx'
import { jobsText, type Part, partBody, partText, someOf } from './part.ts'

export const DEEDS = ['drain', 'fail', 'return'] as const
export type Deed = (typeof DEEDS)[number]

/** What an operator is told before, and by which word it is begun. */
interface DeedText {
  readonly label: string
  readonly title: (part: Part) => string
  readonly before: (jobs: readonly string[]) => string
  readonly isHarsh: boolean
}

export const DEED_TEXTS: Readonly<Record<Deed, DeedText>> = {
  drain: {
    label: 'Drain',
    title: (part) => `Drain ${partText(part)}?`,
    before: (jobs) =>
      jobs.length === 0
        ? 'Nothing runs there. From now on nothing new starts there that would not end in time.'
        : `${jobsText(jobs)} ${jobs.length === 1 ? 'has' : 'have'} something there: ${someOf(jobs)}. What still runs when the time is up is stopped, and goes on elsewhere from its last save.`,
    isHarsh: false,
  },
  fail: {
    label: 'Fail',
    title: (part) => `Fail ${partText(part)}?`,
    before: (jobs) =>
      jobs.length === 0
        ? 'Nothing runs there. It is out of service from this moment until it is returned.'
        : `${jobsText(jobs)} ${jobs.length === 1 ? 'is' : 'are'} stopped at once and ${jobs.length === 1 ? 'waits' : 'wait'} to start again: ${someOf(jobs)}. What was not saved is lost. It is out of service until it is returned.`,
    isHarsh: true,
  },
  return: {
    label: 'Return',
    title: (part) => `Return ${partText(part)}?`,
    before: () => 'What was drained or failed as this part is in service again, and work may start there.',
    isHarsh: false,
  },
}

/** Carries it out, and tells what followed from it. */
export async function carryOut(deed: Deed, part: Part, notice: string | undefined): Promise<string> {
  const given = { params: { pool: part.pool }, key: newKey() }
  switch (deed) {
    case 'drain': {
      const body = { ...partBody(part), ...(notice === undefined ? {} : { notice }) }
      const { by, jobs } = (await call(drainPart, { ...given, body })).value
      const when = by === null ? 'now' : momentText(by)
      return jobs.length === 0
        ? `Out of service from ${when}; nothing has to move.`
        : `Out of service from ${when}. Until then ${someOf(jobs)} may end, or move elsewhere.`
    }
    case 'fail': {
      const { nodes, jobs } = (await call(failPart, { ...given, body: partBody(part) })).value
      const count = `${nodes} ${nodes === 1 ? 'node is' : 'nodes are'} out of service.`
      return jobs.length === 0 ? count : `${count} Stopped, and waiting to start again: ${someOf(jobs)}.`
    }
    case 'return': {
      const { nodes, ended, others } = (await call(returnPart, { ...given, body: partBody(part) })).value
      const count = `${nodes} ${nodes === 1 ? 'node is' : 'nodes are'} in service again`
      const back = ended.length > 0 ? `${count}; ended: ${someOf(ended)}.` : `${count}.`
      return others.length > 0 ? `${back} Others hold still: ${someOf(others)}.` : back
    }
  }
}

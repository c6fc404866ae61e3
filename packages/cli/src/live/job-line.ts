import type { JobView } from '@offtake/contract/api/job-routes'

/** One job in one line. */
export function jobLine({ id, state, pool, simulated, exitCode }: JobView): string {
  const where = pool === null ? '' : ` on ${pool}${simulated ? ' (simulated)' : ''}`
  const how = exitCode === null ? '' : `, exit code ${exitCode}`
  return `${id} ${state}${where}${how}`
}

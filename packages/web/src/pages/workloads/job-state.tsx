import type { JobView } from '@offtake/contract/api/job-routes'
import {
  IconAlertTriangle,
  IconBan,
  IconCheck,
  IconHourglass,
  IconPlayerPlayFilled,
} from '@tabler/icons-react'
import classes from './workloads.module.css'

const LOOKS = {
  waiting: { icon: IconHourglass, says: 'waiting' },
  running: { icon: IconPlayerPlayFilled, says: 'running' },
  finished: { icon: IconCheck, says: 'finished' },
  cancelled: { icon: IconBan, says: 'cancelled' },
  failed: { icon: IconAlertTriangle, says: 'failed' },
} as const satisfies Record<JobView['state'], unknown>

interface JobStateProps {
  readonly state: JobView['state']
  /** How often it had to stop and wait again. */
  readonly evictions?: number
}

/** Where a job is in its life, by a sign and a word. */
export function JobState({ state, evictions = 0 }: JobStateProps) {
  const { icon: Icon, says } = LOOKS[state]
  return (
    <span className={classes.state} data-state={state}>
      <Icon size={14} stroke={1.8} aria-hidden="true" />
      {says}
      {evictions > 0 && <span className={classes.evictions}>stopped {evictions}×</span>}
    </span>
  )
}

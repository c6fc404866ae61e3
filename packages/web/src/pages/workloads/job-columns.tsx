import { Text } from '@mantine/core'
import type { JobView } from '@offtake/contract/api/job-routes'
import { Link } from '@tanstack/react-router'
import { Moment } from '../../parts/moment.tsx'
import { countText } from '../../parts/number-text.ts'
import type { Column } from '../../parts/table/data-table.tsx'
import { JobState } from './job-state.tsx'
import { WhyWaiting } from './why-waiting.tsx'
import classes from './workloads.module.css'
import type { WorkloadsSearch } from './workloads-search.ts'

/** An id that the server chose: its beginning tells it from others. */
const UUID = /^[\da-f]{8}-[\da-f]{4}-/

const NAME: Column<JobView> = {
  key: 'name',
  title: 'Job',
  cell: ({ id, name }) => (
    <div className={classes.name}>
      <Link to="/workloads/$id" params={{ id }} onClick={(event) => event.stopPropagation()}>
        {name}
      </Link>
      {name !== id && (
        <Text size="xs" c="dimmed" truncate title={id}>
          {UUID.test(id) ? id.slice(0, 8) : id}
        </Text>
      )}
    </div>
  ),
}

const TENANT: Column<JobView> = {
  key: 'tenant',
  title: 'Tenant',
  isMinor: true,
  cell: ({ tenant }) => tenant,
}

const STATE: Column<JobView> = {
  key: 'state',
  title: 'State',
  cell: ({ state, evictions }) => <JobState state={state} evictions={evictions} />,
}

const ACCELERATORS: Column<JobView> = {
  key: 'accelerators',
  title: 'Accelerators',
  isNumber: true,
  cell: ({ accelerators }) => countText(accelerators),
}

const PRIORITY: Column<JobView> = {
  key: 'priority',
  title: 'Priority',
  isNumber: true,
  isMinor: true,
  cell: ({ priority }) => priority,
}

const SUBMITTED: Column<JobView> = {
  key: 'submitted',
  title: 'Submitted',
  isMinor: true,
  cell: ({ submittedAt }) => <Moment at={submittedAt} as="relative" />,
}

const WHERE: Column<JobView> = {
  key: 'where',
  title: 'Where, or why not',
  cell: (job) => (job.state === 'waiting' ? <WhyWaiting job={job} /> : <Where job={job} />),
}

const WHY: Column<JobView> = {
  key: 'why',
  title: 'Why it waits, and what would start it',
  cell: (job) => (job.state === 'waiting' ? <WhyWaiting job={job} /> : <Where job={job} />),
}

const ENDED: Column<JobView> = {
  key: 'ended',
  title: 'Ended',
  cell: ({ endedAt }) => (endedAt === null ? '–' : <Moment at={endedAt} as="relative" />),
}

/** What is told of each job, by what is looked at. */
export function jobColumns(state: WorkloadsSearch['state']): readonly Column<JobView>[] {
  switch (state) {
    case 'waiting':
      return [NAME, TENANT, ACCELERATORS, PRIORITY, SUBMITTED, WHY]
    case 'running':
      return [NAME, TENANT, ACCELERATORS, PRIORITY, { ...SUBMITTED, ...STARTED }, WHERE_IT_RUNS]
    case undefined:
      return [NAME, TENANT, STATE, ACCELERATORS, PRIORITY, SUBMITTED, WHERE]
    default:
      return [NAME, TENANT, STATE, ACCELERATORS, SUBMITTED, ENDED, { ...WHERE, title: 'Where it ran last' }]
  }
}

const STARTED = {
  key: 'started',
  title: 'Started',
  cell: ({ startedAt }: JobView) => (startedAt === null ? '–' : <Moment at={startedAt} as="relative" />),
}

const WHERE_IT_RUNS: Column<JobView> = { ...WHERE, title: 'Where it runs' }

function Where({ job: { pool, simulated } }: { readonly job: JobView }) {
  if (pool === null) return <Text c="dimmed">–</Text>
  return (
    <span>
      {pool}
      {simulated && <span className={classes.simulated}>simulated</span>}
    </span>
  )
}

import { Anchor, Skeleton } from '@mantine/core'
import { type JobView, listStays, showJob } from '@offtake/contract/api/job-routes'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useCallback } from 'react'
import { reading } from '../../../api/call.ts'
import type { FeedEntry } from '../../../live/feed.ts'
import { useEntries } from '../../../live/use-feed.ts'
import { Facts } from '../../../parts/facts.tsx'
import { Failure } from '../../../parts/failure.tsx'
import { Moment } from '../../../parts/moment.tsx'
import { countText } from '../../../parts/number-text.ts'
import { Page } from '../../../parts/page.tsx'
import { explaining } from '../explaining.ts'
import { JobState } from '../job-state.tsx'
import { CancelJob } from './cancel-job.tsx'
import { Explained } from './explained.tsx'
import { JobOutput } from './job-output.tsx'
import { JobTimeLine } from './job-time-line.tsx'

const { useParams } = getRouteApi('/workloads/$id')

/** One job: what it is, why it waits, where it was when, and what it says. */
export function JobPage() {
  const { id } = useParams()
  const { data: job, error, refetch } = useQuery(reading(showJob, { params: { id } }))
  useItsEvents(id)
  return (
    <Page
      title={job?.name ?? id}
      about={
        <Anchor component={Link} to="/workloads">
          All workloads
        </Anchor>
      }
      actions={job && <CancelJob job={job} />}
    >
      {error && <Failure error={error} again={refetch} />}
      {job ? <OneJob job={job} /> : !error && <Skeleton h={240} />}
    </Page>
  )
}

function OneJob({ job }: { readonly job: JobView }) {
  const isAlive = job.state === 'waiting' || job.state === 'running'
  return (
    <>
      <JobFacts job={job} />
      {isAlive && <Explained job={job} />}
      <JobTimeLine job={job} />
      {job.startedAt !== null && !job.simulated && (
        <JobOutput id={job.id} evictions={job.evictions} isAlive={isAlive} isSure={job.pool !== null} />
      )}
    </>
  )
}

function JobFacts({ job }: { readonly job: JobView }) {
  const { id, name, tenant, state, accelerators, priority, pool, simulated, evictions, exitCode } = job
  return (
    <Facts
      facts={[
        ['State', <JobState key="state" state={state} />],
        ['Id', name === id ? null : id],
        [
          'Tenant',
          <Link key="tenant" to="/tenants/$id" params={{ id: tenant }}>
            {tenant}
          </Link>,
        ],
        ['Accelerators', countText(accelerators)],
        ['Priority', priority],
        ['Submitted', <Moment key="submitted" at={job.submittedAt} />],
        ['Started', job.startedAt && <Moment at={job.startedAt} />],
        ['Ended', job.endedAt && <Moment at={job.endedAt} />],
        [
          state === 'running' ? 'Runs in' : 'Ran last in',
          pool && `${pool}${simulated ? ' (simulated)' : ''}`,
        ],
        ['Stopped', evictions === 0 ? null : `${evictions}×`],
        ['Exit code', exitCode],
      ]}
    />
  )
}

/** Whatever happens to it makes its time line and its explanation be read anew; what happens to others does not. */
function useItsEvents(id: string): void {
  const queries = useQueryClient()
  const hear = useCallback(
    ({ events }: FeedEntry) => {
      if (!events.some((event) => 'gangId' in event && event.gangId === id)) return
      void queries.invalidateQueries({ queryKey: [listStays.id, id] })
      void queries.invalidateQueries({ queryKey: explaining(id).queryKey })
    },
    [queries, id],
  )
  useEntries(hear)
}
